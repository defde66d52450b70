using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.Organisation.Counts;

/// <summary>Keeps the counts: adds up changes, and takes sums along when units move.</summary>
public sealed class CountKeeping(AppDb db, TimeProvider clock)
{
    const int Most = 50_000;

    /// <summary>
    /// Every change comes with a row in the journal, so whoever follows it learns when there is something to add up. Not in a hurry: what
    /// is not yet added up is read as well.
    /// </summary>
    public static readonly Follower Follower = new("unit-counts", "汇总各单位数量",
        (scope, _, cancel) => scope.GetRequiredService<CountKeeping>().FoldAsync(cancel)) { Most = 10_000, Pause = TimeSpan.FromSeconds(1) };

    /// <summary>Adds up all changes that are committed.</summary>
    public async Task FoldAsync(CancellationToken cancel = default)
    {
        while (await FoldSomeAsync(cancel) == Most)
        {
        }
    }

    async Task<int> FoldSomeAsync(CancellationToken cancel) =>
        (await db.Database.SqlQuery<int>($"""select fold_unit_counts({Most}) as "Value" """).ToListAsync(cancel))[0];

    /// <summary>
    /// Days that are past become one sum: they are only ever read together, and without this a unit would have a row for each day that
    /// something was due. A later change of a past day stands beside the sum until the next time.
    /// </summary>
    /// <returns>How many sums changed.</returns>
    public async Task<int> SettleAsync(CancellationToken cancel = default)
    {
        var settled = 0;
        await db.InTransactionAsync(async () =>
        {
            await db.Database.ExecuteSqlAsync($"select lock_unit_counts()", cancel);
            settled = await db.Database.ExecuteSqlAsync($"""
                with past as (
                    delete from unit_counts where day > '-infinity' and day < {clock.Today()} returning unit_id, name, amount
                ), sums as (
                    select unit_id, name, sum(amount) amount from past group by unit_id, name having sum(amount) <> 0
                )
                merge into unit_counts kept using sums on kept.unit_id = sums.unit_id and kept.name = sums.name and kept.day = '-infinity'
                when matched and kept.amount + sums.amount = 0 then delete
                when matched then update set amount = kept.amount + sums.amount
                when not matched then insert (unit_id, name, day, amount) values (sums.unit_id, sums.name, '-infinity', sums.amount)
                """, cancel);
        }, cancel);
        return settled;
    }

    /// <summary>A node is about to leave its superiors: their sums lose what it holds. Until the end of the transaction nobody adds up.</summary>
    internal async Task LeaveAsync(Guid nodeId, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"select lock_unit_counts()", cancel);
        await ShiftAsync(nodeId, -1, cancel);
    }

    /// <summary>It has arrived under others: theirs gain the same.</summary>
    internal Task ArriveAsync(Guid nodeId, CancellationToken cancel) => ShiftAsync(nodeId, +1, cancel);

    /// <summary>The closure of a company is about to be made anew: its sums become changes again.</summary>
    internal async Task UnfoldAsync(Guid companyId, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"select lock_unit_counts()", cancel);
        await db.Database.ExecuteSqlAsync($"""
            with gone as (
                delete from unit_counts using nodes where nodes.id = unit_counts.unit_id and nodes.company_id = {companyId}
                returning unit_counts.unit_id, unit_counts.name, unit_counts.day, unit_counts.amount
            )
            insert into unit_count_changes (unit_id, name, day, amount)
            select unit_id, name, day, sum(amount) from (
                select unit_id, name, day, amount from gone
                union all
                select above.ancestor_id, gone.name, gone.day, -gone.amount
                from gone join node_closure above on above.descendant_id = gone.unit_id and above.depth = 1
            ) own
            group by unit_id, name, day having sum(amount) <> 0
            """, cancel);
    }

    Task ShiftAsync(Guid nodeId, int sign, CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        insert into unit_counts (unit_id, name, day, amount)
        select up.ancestor_id, held.name, held.day, {sign} * held.amount
        from unit_counts held join node_closure up on up.descendant_id = held.unit_id and up.ancestor_id <> held.unit_id
        where held.unit_id = {nodeId} and held.amount <> 0
        on conflict (unit_id, name, day) do update set amount = unit_counts.amount + excluded.amount
        """, cancel);
}
