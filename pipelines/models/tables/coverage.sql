-- one row per form × facility × month, expected or reported: who sent what, and when
with
files as (select * from stg_submissions),
months as (
    select facility_periods.*, int_facilities.facility, int_spine.period, int_spine.end_date
    from int_facility_periods as facility_periods
    join int_facilities on facility_periods.facility_no = int_facilities.facility_no
    join int_spine
        on facility_periods.form = int_spine.form and facility_periods.period_no = int_spine.period_no
),
received as (select * from stg_reports where facility is not null),
firsts as (
    select form, facility, period, min(received_at) as first_received_at
    from received
    where verdict <> 'rejected'
    group by form, facility, period
),
-- the report that counts; where none does, the last that is held back
shown as (
    select received.*
    from received
    qualify row_number() over (
        partition by form, facility, period
        order by
            case when cells_accepted > 0 then 1 else 0 end desc,
            declared_revision desc, first_run desc, first_position desc, position desc
    ) = 1
),
-- a file that gave no report, where its finding says whose it is: a picture, a damaged workbook
unread as (
    select findings.facility, findings.period, files.submission, files.received_at, files.verdict, files.name
    from findings
    join files on findings.submission = files.submission and findings.run = files.run
    where files.verdict <> 'accepted' and findings.severity = 'error'
    qualify row_number() over (
        partition by findings.facility, findings.period order by files.first_run desc, files.first_position desc
    ) = 1
),
blocks as (
    select form, block, sum(cast(1 as bigint) << bit) as all_bits
    from int_series
    -- a clinic without beds has sent its report whole
    where item = '' and kind = 'flow'
    group by form, block
),
complete as (
    select
        months.form, months.facility, months.period,
        bool_and((coalesce(held.bits, 0) & cast(blocks.all_bits as bigint)) = blocks.all_bits) as complete
    from months
    join blocks on months.form = blocks.form
    left join int_report_bits as held on months.report_no = held.report_no and blocks.block = held.block
    group by months.form, months.facility, months.period
),
deadlines as (
    select months.form, months.period, min(editions.deadline_days) as deadline_days
    from int_spine as months
    join editions
        on months.form = editions.form and editions.frequency = 'month' and editions.valid_from <= months.end_date
        and months.end_date <= coalesce(editions.valid_to, date '9999-12-31')
    group by months.form, months.period
),
coverage as (
    select
        months.form, months.facility, facilities.* exclude (spell, facility, valid_from, valid_to, profile, facility_type, stands_for),
        months.period, months.expected, months.stands_for,
        coalesce(shown.cells_accepted > 0, false) as reported,
        coalesce(shown.cells_accepted > 0 and complete.complete, false) as complete,
        coalesce(
            cast(firsts.first_received_at as date) > months.end_date + deadlines.deadline_days, false
        ) as late,
        coalesce(shown.received_at, unread.received_at) as received_at,
        coalesce(shown.verdict, unread.verdict) as verdict,
        coalesce(shown.submission, unread.submission) as submission,
        coalesce(shown.name, unread.name) as file,
        files.media
    from months
    left join facilities on months.spell = facilities.spell
    left join shown
        on months.form = shown.form and months.facility = shown.facility and months.period = shown.period
    left join unread on months.facility = unread.facility and months.period = unread.period
    left join files on files.submission = coalesce(shown.submission, unread.submission)
    left join firsts
        on months.form = firsts.form and months.facility = firsts.facility and months.period = firsts.period
    left join complete
        on months.form = complete.form and months.facility = complete.facility and months.period = complete.period
    left join deadlines on months.form = deadlines.form and months.period = deadlines.period
)
select * from coverage order by form, period, facility
