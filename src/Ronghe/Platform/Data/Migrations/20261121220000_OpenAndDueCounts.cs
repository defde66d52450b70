using Microsoft.EntityFrameworkCore.Migrations;

namespace Ronghe.Platform.Data.Migrations;

/// <summary>
/// Deadlines are counted apart from the states: whoever asks how many are open, or overdue, no longer reads a row for each day to
/// come. What has become nothing is removed. The counts begin anew. The texts stay as they are, for they are what was released.
/// </summary>
public partial class OpenAndDueCounts : Migration
{
    const string Lateral = """
        cross join lateral (values
            ('finding.' || status, date '-infinity'),
            (case when status in ('Reported', 'Assigned', 'Rectified', 'Verified') then 'finding.open' end, '-infinity'),
            (case when status = 'Assigned' and due_on is not null then 'finding.due' end, due_on)) counted (name, "day")
        where name is not null
        """;

    const string Folding = """
        create or replace function fold_unit_counts(most int) returns int language plpgsql as $$
        declare folded bigint[];
        begin
            perform lock_unit_counts();
            select coalesce(array_agg(id), '{}') into folded from (select id from unit_count_changes order by id limit most) waiting;
            with taken as (
                delete from unit_count_changes where id = any(folded) returning unit_id, name, day, amount
            ), own as (
                select unit_id, name, day, sum(amount) amount from taken group by unit_id, name, day having sum(amount) <> 0
            ), sums as (
                select up.ancestor_id unit_id, own.name, own.day, sum(own.amount) amount
                from own join node_closure up on up.descendant_id = own.unit_id
                group by up.ancestor_id, own.name, own.day having sum(own.amount) <> 0
                order by up.ancestor_id
            )
            merge into unit_counts kept using sums on kept.unit_id = sums.unit_id and kept.name = sums.name and kept.day = sums.day
            when matched and kept.amount + sums.amount = 0 then delete
            when matched then update set amount = kept.amount + sums.amount
            when not matched then insert (unit_id, name, day, amount) values (sums.unit_id, sums.name, sums.day, sums.amount);
            return cardinality(folded);
        end $$;
        """;

    static string Noting(string lateral) => $"""
        create or replace function note_finding_counts() returns trigger language plpgsql as $$
        begin
            if tg_op = 'INSERT' then
                insert into unit_count_changes (unit_id, name, day, amount)
                select unit_id, name, "day", count(*) from after {lateral} group by unit_id, name, "day";
            elsif tg_op = 'DELETE' then
                insert into unit_count_changes (unit_id, name, day, amount)
                select unit_id, name, "day", -count(*) from before {lateral} group by unit_id, name, "day";
            else
                insert into unit_count_changes (unit_id, name, day, amount)
                select unit_id, name, "day", sum(n) from (
                    select unit_id, name, "day", 1 n from after {lateral} union all select unit_id, name, "day", -1 from before {lateral}) f
                group by unit_id, name, "day" having sum(n) <> 0;
            end if;
            return null;
        end $$;
        delete from unit_count_changes;
        delete from unit_counts;
        insert into unit_count_changes (unit_id, name, day, amount)
        select unit_id, name, "day", count(*) from findings {lateral} group by unit_id, name, "day";
        """;

    const string LateralBefore = """
        cross join lateral (values ('finding.' || status, case when status = 'Assigned' then coalesce(due_on, '-infinity') else '-infinity' end)) counted (name, "day")
        where true
        """;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(Folding);
        migrationBuilder.Sql(Noting(Lateral));
    }

    /// <summary>The adding up that removes nothing is good for the older counts as well.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Noting(LateralBefore));
}
