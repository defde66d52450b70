using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Findings;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.People;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Journal;

namespace Ronghe.Safety.Watch;

/// <summary>Draws the rota, changes it when both agree, and closes a week once what it found is in good hands.</summary>
public sealed class WatchActions(AppDb db, Me me, OrganisationAccess access, TimeProvider clock)
{
    public const string Week = "watch-week", Swap = "watch-swap", Absence = "watch-absence";
    const int MostWeeks = 12, DaysLookedBack = 364;

    /// <summary>Draws the weeks that are not arranged yet, from this one on.</summary>
    /// <returns>How many were arranged.</returns>
    public async Task<int> DrawAsync(Guid branchId, int weeks, CancellationToken cancel = default)
    {
        await access.RequireAsync(WatchPermissions.Arrange, branchId, cancel);
        if (weeks is < 1 or > MostWeeks) throw new Refusal($"一次可以排 1—{MostWeeks} 周，没有排班。", "weeks");
        var first = clock.Today().Monday();
        var mondays = Enumerable.Range(0, weeks).Select(n => first.AddDays(7 * n)).ToList();
        var arranged = await db.WatchWeeks.Where(week => week.BranchId == branchId && week.Monday >= first).Select(week => week.Monday).ToListAsync(cancel);
        var candidates = await CandidatesAsync(branchId, first, cancel);
        if (candidates.Count < WatchWeek.Members) throw new Refusal($"这个支部在岗的党员不足 {WatchWeek.Members} 名，排不了班。请先核对党员名册。");
        var drawn = WatchRotation.Draw(candidates, mondays.Except(arranged));
        foreach (var (monday, members) in drawn)
        {
            var week = new WatchWeek(me.CompanyId, branchId, monday, members);
            db.WatchWeeks.Add(week);
            Record(week, "drawn", new { monday, members });
        }
        await SaveAsync(cancel);
        return drawn.Count;
    }

    public async Task ReplaceAsync(Guid weekId, int version, Guid personId, Guid byId, CancellationToken cancel = default)
    {
        var week = await LoadAsync(weekId, version, cancel);
        await access.RequireAsync(WatchPermissions.Arrange, week.BranchId, cancel);
        await RequireMemberAsync(week.BranchId, byId, cancel);
        await RequirePresentAsync(byId, week, "接替的人那一周登记了不在岗，没有改动。请选别人。", "ById", cancel);
        week.Replace(personId, byId, clock.Today());
        Record(week, "replaced", new { personId, byId });
        await SaveAsync(cancel);
    }

    public async Task CloseAsync(Guid weekId, int version, CancellationToken cancel = default)
    {
        var week = await LoadAsync(weekId, version, cancel);
        if (!week.Has(me.Id)) await access.RequireAsync(WatchPermissions.Arrange, week.BranchId, cancel);
        var adrift = await db.Findings.FoundIn(week, me.CompanyId).Open().CountAsync(f => f.RectifierId == null || f.DueOn == null, cancel);
        week.Close(adrift, clock.Today(), clock.GetUtcNow());
        Record(week, "closed");
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Asks another member of the branch to take my week, for one of his or for nothing.</summary>
    public async Task<Guid> AskAsync(Guid weekId, Guid askedId, Guid? inReturnId, string reason, CancellationToken cancel = default)
    {
        var week = await LoadAsync(weekId, null, cancel);
        if (!week.Has(me.Id)) throw new Forbidden("这一周不是您值守，没有提出换班。");
        if (!week.CanReplace(clock.Today())) throw new Refusal("这一周已经过去，不能再换班。没有提出。");
        await RequireMemberAsync(week.BranchId, askedId, cancel);
        await RequirePresentAsync(askedId, week, "对方那一周登记了不在岗，没有提出换班。请选别人。", "AskedId", cancel);
        if (inReturnId is { } other && !(await LoadAsync(other, null, cancel)).Has(askedId)) throw new Refusal("对方那一周不值守，没有提出换班。请重新选一周。", "InReturnId");
        if (await db.WatchSwaps.AnyAsync(one => one.WeekId == weekId && one.AskerId == me.Id && one.Status == SwapStatus.Asked, cancel))
            throw new Refusal("这一周您已经提出换班，在等对方答复，没有再提。要换别人，请先撤回。");
        var swap = new WatchSwap(me.CompanyId, weekId, me.Id, askedId, inReturnId, reason, clock.GetUtcNow());
        db.WatchSwaps.Add(swap);
        Record(swap, "asked", new { week.Monday, askedId });
        await db.SaveChangesAsync(cancel);
        return swap.Id;
    }

    /// <summary>Both weeks change in one save: when somebody else changed either meanwhile, nothing does.</summary>
    public async Task AgreeAsync(Guid swapId, int version, CancellationToken cancel = default)
    {
        var swap = await SwapAsync(swapId, version, cancel);
        swap.Agree(me.Id, clock.GetUtcNow());
        var week = await LoadAsync(swap.WeekId, null, cancel);
        // Whoever has left the branch since the question no longer takes a week.
        await RequireMemberAsync(week.BranchId, swap.AskedId, cancel);
        if (swap.InReturnId is { } other)
        {
            var second = await LoadAsync(other, null, cancel);
            await RequireMemberAsync(second.BranchId, swap.AskerId, cancel);
            second.Replace(swap.AskedId, swap.AskerId, clock.Today());
            Record(second, "swapped", new { personId = swap.AskedId, byId = swap.AskerId });
        }
        week.Replace(swap.AskerId, swap.AskedId, clock.Today());
        Record(week, "swapped", new { personId = swap.AskerId, byId = swap.AskedId });
        Record(swap, "agreed");
        await SaveAsync(cancel);
    }

    public async Task DeclineAsync(Guid swapId, int version, CancellationToken cancel = default)
    {
        var swap = await SwapAsync(swapId, version, cancel);
        swap.Decline(me.Id, clock.GetUtcNow());
        Record(swap, "declined");
        await db.SaveChangesAsync(cancel);
    }

    public async Task WithdrawAsync(Guid swapId, int version, CancellationToken cancel = default)
    {
        var swap = await SwapAsync(swapId, version, cancel);
        swap.Withdraw(me.Id, clock.GetUtcNow());
        Record(swap, "withdrawn");
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>My own days away; the rota goes round them from now on.</summary>
    public async Task<Guid> BeAwayAsync(DateOnly from, DateOnly to, CancellationToken cancel = default)
    {
        var absence = new WatchAbsence(me.CompanyId, me.Id, from, to);
        if (await db.WatchAbsences.Where(one => one.PersonId == me.Id && !one.IsCancelled && one.From <= to && one.To >= from).OrderBy(one => one.From).FirstOrDefaultAsync(cancel) is { } same)
            throw new Refusal($"和已经登记的 {same.From:yyyy-MM-dd} 至 {same.To:yyyy-MM-dd} 有重叠，没有再登记，填写的内容还在。只登记没有包括的日子，或先取消原来的再登记。", nameof(WatchAbsence.From));
        db.WatchAbsences.Add(absence);
        db.Record(absence, Absence, Absence + ".noted", me.PersonId, clock.GetUtcNow(), me.UnitId, new { from, to });
        await db.SaveChangesAsync(cancel);
        return absence.Id;
    }

    public async Task ReturnAsync(Guid absenceId, CancellationToken cancel = default)
    {
        var absence = await db.WatchAbsences.SingleOrDefaultAsync(one => one.Id == absenceId && one.PersonId == me.PersonId, cancel) ?? throw new NotFound("这段不在岗");
        absence.Cancel();
        db.Record(absence, Absence, Absence + ".cancelled", me.PersonId, clock.GetUtcNow(), me.UnitId);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Two at once who put the same week or the same member meet at the index; the second is told.</summary>
    async Task SaveAsync(CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException twice) when (twice.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new StaleWrite("别人刚刚改过这几周的安排，您的这次办理没有保存。请刷新看看最新的安排再办。");
        }
    }

    async Task<List<WatchCandidate>> CandidatesAsync(Guid branchId, DateOnly first, CancellationToken cancel)
    {
        var since = first.AddDays(-DaysLookedBack);
        var members = await db.MembersOf(branchId).Select(person => new
        {
            person.Id, person.Name,
            Stood = db.WatchWeeks.Where(week => week.BranchId == branchId && week.Monday >= since && week.Duties.Any(duty => duty.PersonId == person.Id && !duty.IsGivenUp)).Select(week => week.Monday).ToList(),
            Away = db.WatchAbsences.Where(away => away.PersonId == person.Id && !away.IsCancelled && away.To >= first).Select(away => new { away.From, away.To }).ToList(),
        }).AsSplitQuery().ToListAsync(cancel);
        return members.ConvertAll(member => new WatchCandidate(member.Id, member.Name, member.Stood.Count, member.Stood.Count == 0 ? null : member.Stood.Max(), [.. member.Away.Select(away => (away.From, away.To))]));
    }

    /// <summary>Of my own weeks that are arranged, those on whose days I am away: they do not change by themselves.</summary>
    public async Task<IReadOnlyList<DateOnly>> ArrangedAsync(DateOnly from, DateOnly to, CancellationToken cancel = default)
    {
        var first = from.Monday();
        return await db.WatchWeeks.Where(week => week.Monday >= first && week.Monday <= to && week.Duties.Any(duty => duty.PersonId == me.PersonId && !duty.IsGivenUp))
            .OrderBy(week => week.Monday).Select(week => week.Monday).ToListAsync(cancel);
    }

    async Task RequirePresentAsync(Guid personId, WatchWeek week, string message, string field, CancellationToken cancel)
    {
        var (from, to) = (week.Monday, week.Sunday);
        if (await db.WatchAbsences.AnyAsync(away => away.PersonId == personId && !away.IsCancelled && away.From <= to && away.To >= from, cancel)) throw new Refusal(message, field);
    }

    async Task RequireMemberAsync(Guid branchId, Guid personId, CancellationToken cancel)
    {
        if (!await db.MembersOf(branchId).AnyAsync(person => person.Id == personId, cancel)) throw new Refusal("接替的人不是这个支部在岗的党员，没有改动。请重新选。", "ById");
    }

    async Task<WatchWeek> LoadAsync(Guid id, int? version, CancellationToken cancel)
    {
        var week = await db.WatchWeeks.Include(one => one.Duties).SingleOrDefaultAsync(one => one.Id == id && one.CompanyId == me.CompanyId, cancel) ?? throw new NotFound("这一周的值守");
        if (version is { } seen && week.Version != seen) throw new StaleWrite("这一周的安排刚刚被别人改动，您的这次办理没有保存。请刷新看看最新的安排。");
        return week;
    }

    async Task<WatchSwap> SwapAsync(Guid id, int version, CancellationToken cancel)
    {
        var swap = await db.WatchSwaps.SingleOrDefaultAsync(one => one.Id == id && (one.AskerId == me.PersonId || one.AskedId == me.PersonId), cancel) ?? throw new NotFound("这次换班");
        if (swap.Version != version) throw new StaleWrite("这次换班刚刚有了变化，您的这次办理没有保存。请刷新后再看。");
        return swap;
    }

    void Record(WatchWeek week, string @event, object? data = null) => db.Record(week, Week, $"{Week}.{@event}", me.PersonId, clock.GetUtcNow(), week.BranchId, data);

    void Record(WatchSwap swap, string @event, object? data = null) => db.Record(swap, Swap, $"{Swap}.{@event}", me.PersonId, clock.GetUtcNow(), me.UnitId, data);
}

/// <summary>What a branch's watch is made of.</summary>
static class WatchReach
{
    /// <summary>Full and probationary members of the branch and its groups who are here.</summary>
    public static IQueryable<Person> MembersOf(this AppDb db, Guid branchId) =>
        db.People.Where(person => person.LeftOn == null && db.Memberships.Any(membership => membership.PersonId == person.Id
            && (membership.Kind == PoliticalStatus.Full || membership.Kind == PoliticalStatus.Probationary)
            && db.NodeClosure.Any(up => up.DescendantId == membership.PartyOrganisationId && up.AncestorId == branchId)));

    /// <summary>Who reports from the watch stood on it that day, in his branch's week; a report without a name belongs to none.</summary>
    public static readonly FindingOrigin Origin = new(FindingSource.Watch, WatchActions.Week, async (scope, report, cancel) =>
    {
        if (report.ReporterId is not { } person) return null;
        var monday = report.FoundAt.PlantDate().Monday();
        return await scope.GetRequiredService<AppDb>().WatchWeeks.Where(week => week.Monday == monday && week.Duties.Any(duty => duty.PersonId == person)).Select(week => (Guid?)week.Id).FirstOrDefaultAsync(cancel);
    });

    /// <summary>What the members on watch found in their week, and said so when they reported it.</summary>
    public static IQueryable<Finding> FoundIn(this IQueryable<Finding> findings, WatchWeek week, Guid companyId)
    {
        var members = week.Duties.Select(duty => (Guid?)duty.PersonId).ToArray();
        var (from, to) = (week.Monday.At(TimeOnly.MinValue), week.Sunday.End());
        return findings.Where(f => f.CompanyId == companyId && f.Source == FindingSource.Watch && members.Contains(f.ReporterId) && f.FoundAt >= from && f.FoundAt < to);
    }
}
