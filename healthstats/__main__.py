from healthstats.cli import main

main()
