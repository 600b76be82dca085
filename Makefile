# What a person types first. `make help` lists it.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
YEAR ?= 2023
WORKSPACE ?= .
.DEFAULT_GOAL := help
.PHONY: help demo test check format docs annual-report bench mistakes faults fuzz lock clean

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/ready: requirements.lock pyproject.toml
	@echo "Installing into .venv …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

demo: .venv/ready ## Four years of synthetic submissions in, a month's reports, 2023's growth and annual page out, in ./demo
	@test -e demo || $(BIN)/healthstats demo demo
	@$(BIN)/healthstats -w demo ingest --received mtime || test $$? -eq 10
	@echo; echo "Ảnh chụp là của ai, kỳ nào, phải có người nói · a person says whose the photo is, and of when:"
	@$(BIN)/healthstats -w demo ingest --received mtime --facility 79033 --period T8/2023 demo/data/raw/inbox/2023/BC_T08*.png || test $$? -eq 11
	@echo; $(BIN)/healthstats -w demo status T8/2023
	@echo; $(BIN)/healthstats -w demo show growth 2023
	@echo; echo "Trang báo cáo, sổ tính · the annual page and workbook:"; $(BIN)/healthstats -w demo publish annual 2023 --to html,xlsx

test: .venv/ready ## The test suite
	@$(BIN)/python -m pytest -n auto

check: .venv/ready ## Format, lint, strict types, import contracts, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory test

format: .venv/ready ## Format the code and mend what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/ready ## Write docs/findings.md from the catalogue
	@$(BIN)/python -m healthstats.words.page > docs/findings.md

annual-report: .venv/ready ## Take in the inbox and publish YEAR's annual report: make annual-report YEAR=2023
	@$(BIN)/healthstats -w $(WORKSPACE) ingest || test $$? -eq 10
	@$(BIN)/healthstats -w $(WORKSPACE) publish annual $(YEAR) --to html,xlsx

faults: .venv/ready ## The long fault campaign: kills, power cuts, small disks, histories, damage, sabotages; prints the counts
	@$(BIN)/python -m pytest tests/faults -m campaign -s

fuzz: .venv/ready ## Mutated files of every kind through the readers: make fuzz FUZZ_FILES=2000 FUZZ_SEED=1 FUZZ_KEEP=.
	@$(BIN)/python -m pytest tests/fuzz -m campaign -s

bench: .venv/ready ## The speed budget, each work beside its peer: prints ratios, and where an ingest's time goes
	@$(BIN)/python benchmarks/bench.py
	@echo; $(BIN)/python benchmarks/profile_ingest.py

mistakes: .venv/ready ## A thousand planted mistakes: recall and false alarms of each rule, beside three standard deviations
	@$(BIN)/python benchmarks/mistakes.py

lock: ## Write requirements.lock anew from pyproject.toml
	@rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --upgrade pip
	@.venv-lock/bin/python -m pip install --quiet --editable . --group check
	@.venv-lock/bin/python -m pip freeze --exclude-editable > requirements.lock
	@rm -rf .venv-lock

clean: ## Remove .venv and the demo
	@rm -rf .venv demo
