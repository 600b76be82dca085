-- one row per form × facility × period, expected (months only) or reported, with the register row of its last day and the number of reports it counts for
with
spells as (
    select
        facilities.spell, facilities.profile, facilities.facility_type, facilities.stands_for, numbers.facility_no,
        coalesce(facilities.valid_from, date '0001-01-01') as opened,
        coalesce(facilities.valid_to, date '9999-12-31') as closed
    from facilities
    join int_facilities as numbers on facilities.facility = numbers.facility
),
monthly as (
    select months.form, months.period_no, months.end_date, forms.form_no
    from int_spine as months
    join int_forms as forms on months.form = forms.form and forms.row_is = 'facility'
    semi join editions
        on months.form = editions.form and editions.frequency = 'month'
        and editions.valid_from <= months.end_date
        and months.end_date <= coalesce(editions.valid_to, date '9999-12-31')
),
restricted as (select distinct form from form_types),
due as (
    select
        monthly.form_no + spells.facility_no + monthly.period_no as report_no,
        monthly.form, monthly.period_no, spells.facility_no, spells.spell, spells.profile, spells.stands_for
    from monthly
    join spells on spells.opened <= monthly.end_date and monthly.end_date <= spells.closed
    left join restricted on monthly.form = restricted.form
    left join form_types on monthly.form = form_types.form and spells.facility_type = form_types.facility_type
    where restricted.form is null or form_types.form is not null
),
given as (
    select distinct report_no, form, facility_no, period_no
    from int_current_reports
    where report_no is not null
),
-- a row that sums facilities of the register, in a month in which it has reported: it stands in their place
summed as (
    select spells.spell, given.form, given.period_no, forms.form_no + members.facility_no + given.period_no as report_no
    from given
    join int_forms as forms on given.form = forms.form
    join periods on given.period_no = periods.period_no
    join spells
        on given.facility_no = spells.facility_no
        and spells.opened <= periods.end_date and periods.end_date <= spells.closed
    join summed_facilities on spells.spell = summed_facilities.spell
    join int_facilities as members on summed_facilities.facility = members.facility
),
stand_ins as (
    select summed.form, summed.period_no, summed.spell, cast(count(*) as int) as stands_for
    from summed
    join due on summed.report_no = due.report_no
    group by summed.form, summed.period_no, summed.spell
),
expected as (
    select due.*
    from due
    anti join summed on due.report_no = summed.report_no
    where due.stands_for > 0
    union all
    select
        forms.form_no + spells.facility_no + stand_ins.period_no as report_no,
        stand_ins.form, stand_ins.period_no, spells.facility_no, spells.spell, spells.profile, stand_ins.stands_for
    from stand_ins
    join spells on stand_ins.spell = spells.spell
    join int_forms as forms on stand_ins.form = forms.form
),
-- what the sum already holds is not counted again
unexpected as (
    select given.*, periods.end_date
    from given
    anti join summed on given.report_no = summed.report_no
    anti join expected on given.report_no = expected.report_no
    join periods on given.period_no = periods.period_no
),
candidates as (
    select
        unexpected.report_no, unexpected.form, unexpected.period_no, unexpected.facility_no,
        spells.spell, spells.profile, spells.opened, spells.closed,
        case when spells.opened > unexpected.end_date then 2 when spells.closed < unexpected.end_date then 1 else 0 end
            as distance
    from unexpected
    left join spells on unexpected.facility_no = spells.facility_no
),
-- outside every spell: the last earlier one, else the first later one
placed as (
    select *
    from candidates
    qualify row_number() over (
        partition by report_no
        order by distance, case when distance = 1 then closed end desc nulls last, opened
    ) = 1
),
together as (
    select report_no, form, period_no, facility_no, spell, profile, true as expected, stands_for from expected
    union all
    select report_no, form, period_no, facility_no, spell, coalesce(profile, 0) as profile, false as expected, 0 as stands_for
    from placed
),
numbered as (
    select together.*, int_facilities.unit_no
    from together
    join int_facilities on together.facility_no = int_facilities.facility_no
)
select * from numbered
