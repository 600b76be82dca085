-- one row per error or warning of a submission's latest judgement that no newer report has put aside
with
raised as (
    select
        findings.*, latest.name as file, latest.media, latest.received_at, latest.first_run, latest.first_position,
        -- of two files in conflict, and of a conflict returned, the sentence says in which form
        case
            when findings.code in ('CONFLICT', 'RETURNED')
            then nullif(regexp_extract(findings.params, '"form": "([^"]*)"', 1), '')
        end as form,
        case
            when findings.code in ('CONFLICT', 'RETURNED') and findings.facility is null
            then nullif(regexp_extract(findings.params, '"facility": "([^"]*)"', 1), '')
        end as area,
        row_number() over (order by findings.run, findings.submission) as finding_no
    from findings
    join stg_submissions as latest on findings.submission = latest.submission and findings.run = latest.run
    where findings.severity = 'warning' or findings.code = 'RETURNED'
        or (findings.severity = 'error' and latest.verdict <> 'accepted')
),
-- the finding's own report, where it has one, says its form and its declared revision
placed as (
    select
        raised.finding_no, raised.facility, raised.period, raised.element, own.form,
        {
            'declared_revision': coalesce(own.declared_revision, 0),
            'run': raised.first_run, 'position': raised.first_position
        } as place
    from raised
    left join stg_reports as own
        on raised.submission = own.submission and raised.facility = own.facility and raised.period = own.period
        -- a newer report of the form on another sheet says nothing of this one
        and coalesce(raised.sheet, own.sheet, '') = coalesce(own.sheet, '')
        and coalesce(raised.form, own.form) = own.form
    where raised.facility is not null
),
newer as (
    select placed.finding_no, placed.element, reports.run, reports.position, reports.replaces
    from placed
    join stg_reports as reports
        on placed.facility = reports.facility and placed.period = reports.period
        and coalesce(placed.form, reports.form) = reports.form
    where reports.verdict = 'accepted'
        and reports.place > placed.place
),
-- a finding that names no facility is about an area's cell, or about every report of its file, sheet and period
unowned as (select * from raised where facility is null),
in_cell as (
    select unowned.finding_no, max(observations.report) as position
    from unowned
    join observations
        on unowned.run = observations.run and unowned.submission = observations.submission
        and coalesce(unowned.sheet, '') = coalesce(observations.sheet, '') and unowned.cell = observations.cell
    where unowned.element is not null
    group by unowned.finding_no
),
about as (
    select
        unowned.finding_no, unowned.submission, unowned.sheet, unowned.period, unowned.element, unowned.form,
        unowned.area, in_cell.position,
        dense_rank() over (
            order by
                unowned.submission, unowned.sheet, unowned.period, unowned.element, unowned.form, unowned.area,
                in_cell.position
        ) as about_no
    from unowned
    left join in_cell on unowned.finding_no = in_cell.finding_no
),
asked as (select distinct about_no, submission, sheet, period, element, form, area, position from about),
fitting as (
    select
        asked.about_no, asked.element, own.run, own.position, own.form, own.facility, own.area, own.period,
        own.place
    from asked
    join stg_reports as own
        on asked.submission = own.submission
        and coalesce(asked.form, own.form) = own.form and coalesce(asked.area, own.area, '') = coalesce(own.area, '')
        and coalesce(asked.period, own.period) = own.period
        and coalesce(asked.sheet, own.sheet, '') = coalesce(own.sheet, '')
        and coalesce(asked.position, own.position) = own.position
),
meant as (
    select fitting.*
    from fitting
    where fitting.element is null
    union all
    select fitting.*
    from fitting
    semi join observations
        on fitting.run = observations.run and fitting.position = observations.report
        and fitting.element = observations.element
    where fitting.element is not null
),
replacing as (
    select
        meant.about_no, meant.position as meant_position, meant.element, reports.run, reports.position,
        meant.element is null or reports.replaces = 'report' as is_whole
    from meant
    join stg_reports as reports
        on meant.form = reports.form and meant.period = reports.period
        and coalesce(meant.facility, '') = coalesce(reports.facility, '')
        and coalesce(meant.area, '') = coalesce(reports.area, '')
    where reports.verdict = 'accepted'
        and reports.place > meant.place
),
replaced as (
    select about_no, meant_position from replacing where is_whole
    union
    select replacing.about_no, replacing.meant_position
    from replacing
    join observations
        on replacing.run = observations.run and replacing.position = observations.report
        and replacing.element = observations.element
    where not replacing.is_whole
),
still_meant as (
    select meant.about_no, count(*) - count(replaced.meant_position) as report_count
    from meant
    left join replaced on meant.about_no = replaced.about_no and meant.position = replaced.meant_position
    group by meant.about_no
),
-- of two files a person chose the other: this report stands nowhere, and nobody has to be asked about its cells;
-- older versions did not say of which form
chosen as (
    select
        findings.run, findings.submission, coalesce(findings.sheet, '') as sheet, findings.period,
        coalesce(findings.facility, regexp_extract(findings.params, '"facility": "([^"]*)"', 1)) as owner,
        nullif(regexp_extract(findings.params, '"form": "([^"]*)"', 1), '') as form
    from findings
    where findings.code = 'PASSED_OVER'
),
passed as (
    select reports.*
    from stg_reports as reports
    semi join chosen
        on reports.run = chosen.run and reports.submission = chosen.submission
        and coalesce(reports.sheet, '') = chosen.sheet and reports.period = chosen.period
        and coalesce(reports.facility, reports.area) = chosen.owner and reports.form = coalesce(chosen.form, reports.form)
    where reports.verdict <> 'accepted'
),
standing as (
    select reports.*
    from stg_reports as reports
    semi join passed on reports.run = passed.run and reports.submission = passed.submission
    anti join passed as aside
        on reports.run = aside.run and reports.submission = aside.submission and reports.position = aside.position
),
passed_cells as (
    select observations.run, observations.submission, coalesce(observations.sheet, '') as sheet, observations.cell
    from observations
    semi join passed
        on observations.run = passed.run and observations.submission = passed.submission
        and observations.report = passed.position
),
passed_over as (
    select raised.finding_no
    from raised
    semi join passed_cells as cells
        on raised.run = cells.run and raised.submission = cells.submission
        and coalesce(raised.sheet, '') = cells.sheet and raised.cell = cells.cell
    union
    select raised.finding_no
    from raised
    semi join passed
        on raised.run = passed.run and raised.submission = passed.submission
        and raised.facility = passed.facility and raised.period = passed.period
        and coalesce(raised.sheet, '') = coalesce(passed.sheet, '')
    anti join standing
        on raised.run = standing.run and raised.submission = standing.submission
        and raised.facility = standing.facility and raised.period = standing.period
        and coalesce(raised.sheet, '') = coalesce(standing.sheet, '')
),
put_aside as (
    select finding_no from newer where replaces = 'report'
    union
    select finding_no from passed_over
    union
    select newer.finding_no
    from newer
    join observations
        on newer.run = observations.run and newer.position = observations.report
        and newer.element = observations.element
    where newer.replaces = 'elements'
    union
    select about.finding_no
    from about
    join still_meant on about.about_no = still_meant.about_no
    where still_meant.report_count = 0
),
open_findings as (
    select
        raised.submission, raised.file, raised.media, raised.received_at, raised.first_run, raised.severity,
        raised.sheet, raised.cell, raised.code, raised.facility, raised.period, raised.element, raised.text,
        raised.message, raised.suggestion, raised.params
    from raised
    anti join put_aside on raised.finding_no = put_aside.finding_no
)
select * from open_findings order by received_at, file, submission, sheet, cell, code
