using Microsoft.EntityFrameworkCore.Migrations;

namespace Ronghe.Platform.Data.Migrations;

/// <summary>What this migration brings that tables cannot say. The texts stay as they are, for they are what was released.</summary>
public partial class FollowedJournalAndCounts
{
    /// <summary>Followers read by (xid, seq), the auditor by person and time; nobody but the owner touches a seal again.</summary>
    const string Journal = """
        alter table journal add column subject_digest bytea;
        create index journal_order on journal (xid, seq);
        create index journal_actor on journal (actor_id, at, seq);
        create index journal_at on journal (at, seq);
        revoke update, delete, truncate on journal_seals from ronghe_app;
        """;

    /// <summary>
    /// Adding up, where the sums and the changes lie. One at a time, and never beside an act that changes the trees: the sums must
    /// follow the closure as it is when they are made.
    /// </summary>
    const string Folding = """
        create function lock_unit_counts() returns void language sql as $$
            select pg_advisory_xact_lock(hashtextextended('unit-counts', 0))
        $$;

        create function fold_unit_counts(most int) returns int language plpgsql as $$
        declare folded int;
        begin
            perform lock_unit_counts();
            with taken as (
                delete from unit_count_changes where id in (select id from unit_count_changes order by id limit most)
                returning unit_id, name, day, amount
            ), own as (
                select unit_id, name, day, sum(amount) amount from taken group by unit_id, name, day having sum(amount) <> 0
            ), sums as (
                select up.ancestor_id unit_id, own.name, own.day, sum(own.amount) amount
                from own join node_closure up on up.descendant_id = own.unit_id
                group by up.ancestor_id, own.name, own.day having sum(own.amount) <> 0
                order by up.ancestor_id
            ), added as (
                insert into unit_counts (unit_id, name, day, amount) select unit_id, name, day, amount from sums
                on conflict (unit_id, name, day) do update set amount = unit_counts.amount + excluded.amount
            )
            select count(*) into folded from taken;
            return folded;
        end $$;

        create function fold_before_nodes_go() returns trigger language plpgsql as $$
        begin
            -- A change in a unit that is gone would never reach the units above it.
            perform fold_unit_counts(null);
            return null;
        end $$;
        create trigger fold_before_nodes_go before delete on nodes for each statement execute function fold_before_nodes_go();
        """;

    /// <summary>Findings note their own counts; the names and days are those of <c>FindingCounting</c>.</summary>
    static readonly string NoteFindings = $"""
        create function note_finding_counts() returns trigger language plpgsql as $$
        begin
            if tg_op = 'INSERT' then
                insert into unit_count_changes (unit_id, name, day, amount)
                select unit_id, name, "day", count(*) from ({CountsOf("after")}) f group by unit_id, name, "day";
            elsif tg_op = 'DELETE' then
                insert into unit_count_changes (unit_id, name, day, amount)
                select unit_id, name, "day", -count(*) from ({CountsOf("before")}) f group by unit_id, name, "day";
            else
                insert into unit_count_changes (unit_id, name, day, amount)
                select unit_id, name, "day", sum(n) from (select *, 1 n from ({CountsOf("after")}) a union all select *, -1 from ({CountsOf("before")}) b) f
                group by unit_id, name, "day" having sum(n) <> 0;
            end if;
            return null;
        end $$;
        create trigger finding_counts_added after insert on findings referencing new table as after for each statement execute function note_finding_counts();
        create trigger finding_counts_removed after delete on findings referencing old table as before for each statement execute function note_finding_counts();
        create trigger finding_counts_changed after update on findings referencing old table as before new table as after for each statement execute function note_finding_counts();
        insert into unit_count_changes (unit_id, name, day, amount)
        select unit_id, name, "day", count(*) from ({CountsOf("findings")}) f group by unit_id, name, "day";
        """;

    static string CountsOf(string rows) => $"""
        select unit_id, 'finding.' || status name, case when status = 'Assigned' then coalesce(due_on, '-infinity') else '-infinity' end "day" from {rows}
        """;

    static void AddWhatTablesCannotSay(MigrationBuilder migration)
    {
        migration.Sql(Journal);
        migration.Sql(Folding);
        migration.Sql(NoteFindings);
    }

    static void RemoveWhatTablesCannotSay(MigrationBuilder migration) => migration.Sql("""
        drop trigger finding_counts_added on findings;
        drop trigger finding_counts_removed on findings;
        drop trigger finding_counts_changed on findings;
        drop function note_finding_counts();
        drop trigger fold_before_nodes_go on nodes;
        drop function fold_before_nodes_go();
        drop function fold_unit_counts(int);
        drop function lock_unit_counts();
        drop index journal_at, journal_actor, journal_order;
        alter table journal drop column subject_digest;
        """);
}
