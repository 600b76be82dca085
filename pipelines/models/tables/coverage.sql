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
-- a file, or a sheet, that gave no report, where its finding says whose it is: a picture, a damaged workbook
unread as (
    select distinct
        findings.facility, findings.period, files.said_form, files.submission, files.received_at, files.verdict,
        files.name, files.first_run, files.first_position
    from findings
    join files on findings.submission = files.submission and findings.run = files.run
    anti join received as own
        on findings.submission = own.submission and findings.facility = own.facility and findings.period = own.period
        and (findings.sheet is null or findings.sheet = coalesce(own.sheet, ''))
    where files.verdict <> 'accepted' and findings.severity = 'error'
),
-- it is one report at most, of those of which nothing came: where nobody said which form it is, the first
owed as (
    select months.form, months.facility, months.period
    from months
    semi join unread on months.facility = unread.facility and months.period = unread.period
    anti join received
        on months.form = received.form and months.facility = received.facility and months.period = received.period
),
named as (
    select owed.form, unread.*
    from owed
    join unread
        on owed.form = unread.said_form and owed.facility = unread.facility and owed.period = unread.period
    qualify row_number() over (
        partition by owed.form, owed.facility, owed.period order by unread.first_run desc, unread.first_position desc
    ) = 1
),
nameless as (
    select
        *,
        row_number() over (partition by facility, period order by first_run desc, first_position desc) as place
    from unread
    where said_form is null
),
left_over as (
    select owed.*, row_number() over (partition by owed.facility, owed.period order by owed.form) as place
    from owed
    anti join named
        on owed.form = named.form and owed.facility = named.facility and owed.period = named.period
),
held_back as (
    select form, facility, period, submission, received_at, verdict, name from named
    union all
    select
        left_over.form, left_over.facility, left_over.period,
        nameless.submission, nameless.received_at, nameless.verdict, nameless.name
    from left_over
    join nameless
        on left_over.facility = nameless.facility and left_over.period = nameless.period
        and left_over.place = nameless.place
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
        coalesce(shown.received_at, held_back.received_at) as received_at,
        coalesce(shown.verdict, held_back.verdict) as verdict,
        coalesce(shown.submission, held_back.submission) as submission,
        coalesce(shown.name, held_back.name) as file,
        files.media
    from months
    left join facilities on months.spell = facilities.spell
    left join shown
        on months.form = shown.form and months.facility = shown.facility and months.period = shown.period
    left join held_back
        on months.form = held_back.form and months.facility = held_back.facility and months.period = held_back.period
    left join files on files.submission = coalesce(shown.submission, held_back.submission)
    left join firsts
        on months.form = firsts.form and months.facility = firsts.facility and months.period = firsts.period
    left join complete
        on months.form = complete.form and months.facility = complete.facility and months.period = complete.period
    left join deadlines on months.form = deadlines.form and months.period = deadlines.period
)
select * from coverage order by form, period, facility
