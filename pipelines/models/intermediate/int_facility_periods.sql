-- one row per form × facility × period, expected (months only) or reported, with the register row of its last day and the number of reports it counts for
with
months as (select * from int_spine),
spells as (
    select
        *,
        coalesce(valid_from, date '0001-01-01') as opened,
        coalesce(valid_to, date '9999-12-31') as closed
    from facilities
),
monthly as (
    select months.form, months.period, months.period_no, months.end_date
    from months
    join forms on months.form = forms.form and forms.row_is = 'facility'
    semi join editions
        on months.form = editions.form and editions.frequency = 'month'
        and editions.valid_from <= months.end_date
        and months.end_date <= coalesce(editions.valid_to, date '9999-12-31')
),
restricted as (select distinct form from form_types),
due as (
    select
        monthly.form, monthly.period, monthly.period_no, spells.facility, spells.spell, spells.profile, spells.stands_for
    from monthly
    join spells on spells.opened <= monthly.end_date and monthly.end_date <= spells.closed
    left join restricted on monthly.form = restricted.form
    left join form_types on monthly.form = form_types.form and spells.facility_type = form_types.facility_type
    where restricted.form is null or form_types.form is not null
),
given as (
    select distinct current_reports.form, current_reports.facility, periods.period, periods.period_no, periods.end_date
    from int_current_reports as current_reports
    join periods on current_reports.period = periods.period
    where current_reports.facility is not null
),
-- a row that sums facilities of the register, in a month in which it has reported: it stands in their place
summed as (
    select given.form, given.period, spells.spell, summed_facilities.facility
    from given
    join spells
        on given.facility = spells.facility and spells.opened <= given.end_date and given.end_date <= spells.closed
    join summed_facilities on spells.spell = summed_facilities.spell
),
stand_ins as (
    select due.form, due.period, due.period_no, summed.spell, cast(count(*) as int) as stands_for
    from summed
    join due on summed.form = due.form and summed.period = due.period and summed.facility = due.facility
    group by due.form, due.period, due.period_no, summed.spell
),
expected as (
    select due.*
    from due
    anti join summed on due.form = summed.form and due.period = summed.period and due.facility = summed.facility
    where due.stands_for > 0
    union all
    select
        stand_ins.form, stand_ins.period, stand_ins.period_no, spells.facility, spells.spell, spells.profile,
        stand_ins.stands_for
    from stand_ins
    join spells on stand_ins.spell = spells.spell
),
-- what the sum already holds is not counted again
reported as (
    select given.*
    from given
    anti join summed on given.form = summed.form and given.period = summed.period and given.facility = summed.facility
),
unexpected as (
    select reported.*
    from reported
    anti join expected
        on reported.form = expected.form and reported.facility = expected.facility
        and reported.period = expected.period
),
candidates as (
    select
        unexpected.form, unexpected.period, unexpected.period_no, unexpected.facility,
        spells.spell, spells.profile, spells.opened, spells.closed,
        case when spells.opened > unexpected.end_date then 2 when spells.closed < unexpected.end_date then 1 else 0 end
            as distance
    from unexpected
    left join spells on unexpected.facility = spells.facility
),
-- outside every spell: the last earlier one, else the first later one
placed as (
    select *
    from candidates
    qualify row_number() over (
        partition by form, facility, period
        order by distance, case when distance = 1 then closed end desc nulls last, opened
    ) = 1
),
together as (
    select form, period, period_no, facility, spell, profile, true as expected, stands_for from expected
    union all
    select form, period, period_no, facility, spell, coalesce(profile, 0) as profile, false as expected, 0 as stands_for
    from placed
),
numbered as (
    select
        together.form, together.period, together.period_no, together.facility, together.spell, together.profile,
        together.expected, together.stands_for, int_facilities.facility_no, int_facilities.unit_no
    from together
    join int_facilities on together.facility = int_facilities.facility
)
select * from numbered
