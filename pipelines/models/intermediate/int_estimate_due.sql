-- one row per form × facility × month in which its report is due, in the unfinished year to its end and in the year before
with
months as (select * from int_estimate_months),
spells as (
    select
        *,
        coalesce(valid_from, date '0001-01-01') as opened,
        coalesce(valid_to, date '9999-12-31') as closed
    from facilities
    where stands_for > 0
),
known as (
    select months.form, months.month_no as period_no from months where months.done
    union all
    select months.form, months.prior_no from months
),
due as (
    select
        owed.form, owed.period_no, owed.facility_no, owed.unit_no, owed.profile, owed.stands_for
    from int_facility_periods as owed
    semi join known on owed.form = known.form and owed.period_no = known.period_no
    where owed.expected
),
-- the months to come: by the register and the form's editions as they are known today
coming as (
    select months.form, months.month_no as period_no, months.end_date
    from months
    join forms on months.form = forms.form and forms.row_is = 'facility'
    semi join editions
        on months.form = editions.form and editions.frequency = 'month'
        and editions.valid_from <= months.end_date
        and months.end_date <= coalesce(editions.valid_to, date '9999-12-31')
    where not months.done
),
restricted as (select distinct form from form_types),
foreseen as (
    select
        coming.form, coming.period_no, int_facilities.facility_no, int_facilities.unit_no, spells.profile, spells.stands_for
    from coming
    join spells on spells.opened <= coming.end_date and coming.end_date <= spells.closed
    join int_facilities on spells.facility = int_facilities.facility
    left join restricted on coming.form = restricted.form
    left join form_types on coming.form = form_types.form and spells.facility_type = form_types.facility_type
    where restricted.form is null or form_types.form is not null
),
together as (
    select * from due
    union all
    select * from foreseen
)
select * from together
