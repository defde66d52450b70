using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Watch;

/// <param name="LeftOn">Set for who has left: the turn is to be given to somebody else.</param>
public sealed record WatchMember(Guid Id, string Name, DateOnly? LeftOn = null)
{
    public string Say => LeftOn is null ? Name : $"{Name}（已离岗）";
}

/// <summary>A week in the rota.</summary>
public sealed record WatchRow(Guid Id, int Version, Guid BranchId, string BranchName, DateOnly Monday, DateTimeOffset? ClosedAt, IReadOnlyList<WatchMember> Members, int Found, int Open);

/// <summary>A question that waits for an answer.</summary>
public sealed record SwapRow(Guid Id, int Version, Guid AskerId, string Asker, Guid AskedId, string Asked, DateOnly Monday, DateOnly? InReturn, string Reason);

public sealed record WatchFinding(Guid Id, string Number, string Description, string PlaceText, FindingStatus Status, DateOnly? DueOn)
{
    /// <summary>Who is to put it right, as unit and post; filled in where it is shown.</summary>
    public string Unit { get; init; } = "";
    public string? Post { get; init; }
    /// <summary>Closed, and I have not said yet whether it is gone.</summary>
    public bool WaitsForMe { get; init; }
}

public sealed record WatchDetail(WatchRow Week, IReadOnlyList<WatchFinding> Findings, bool MayArrange, bool CanReplace, bool CanClose);

/// <summary>Who is on watch when, and what became of what they found.</summary>
public sealed class WatchQueries(AppDb db, Me me, OrganisationAccess access, TimeProvider clock)
{
    const int MostWeeks = 16, WeeksBack = 4, MostFindings = 200, DaysKept = 60;

    /// <summary>The branches that stand watch: mine first, then by their place in the tree.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> BranchesAsync(CancellationToken cancel = default)
    {
        var branches = await db.PartyOrganisations.VisibleTo(me).Where(node => node.Kind == PartyOrganisationKind.Branch && node.ClosedOn == null)
            .OrderBy(node => node.Position).ThenBy(node => node.Code).Select(node => new
            {
                node.Id, node.Name,
                IsMine = db.Memberships.Any(m => m.PersonId == me.PersonId && db.NodeClosure.Any(up => up.DescendantId == m.PartyOrganisationId && up.AncestorId == node.Id)),
            }).ToListAsync(cancel);
        return [.. branches.OrderByDescending(branch => branch.IsMine).Select(branch => (branch.Id, branch.Name))];
    }

    /// <summary>A month back and what is arranged ahead.</summary>
    public async Task<IReadOnlyList<WatchRow>> RotaAsync(Guid branchId, CancellationToken cancel = default)
    {
        var since = clock.Today().Monday().AddDays(-7 * WeeksBack);
        return await RowsAsync(db.WatchWeeks.Where(week => week.BranchId == branchId && week.Monday >= since), cancel);
    }

    /// <summary>This week and those to come in which I stand watch; and those of mine that are over and still open.</summary>
    public async Task<IReadOnlyList<WatchRow>> MineAsync(CancellationToken cancel = default)
    {
        if (me.PersonId is not { } person) return [];
        var monday = clock.Today().Monday();
        return await RowsAsync(db.WatchWeeks.Where(week => week.Duties.Any(duty => duty.PersonId == person && !duty.IsGivenUp)
            && (week.Monday >= monday || (week.ClosedAt == null && db.Links.Any(link => link.ToKind == WatchActions.Week && link.ToId == week.Id)))), cancel);
    }

    /// <summary>The week in which I stand watch now.</summary>
    public async Task<Guid?> OnDutyAsync(CancellationToken cancel = default) => me.PersonId is not { } person ? null
        : await db.WatchWeeks.Where(week => week.Monday == clock.Today().Monday() && week.Duties.Any(duty => duty.PersonId == person && !duty.IsGivenUp))
            .Select(week => (Guid?)week.Id).FirstOrDefaultAsync(cancel);

    /// <summary>What others ask of me, and what I asked and wait for.</summary>
    public async Task<IReadOnlyList<SwapRow>> SwapsAsync(CancellationToken cancel = default) => await (
        from swap in db.WatchSwaps.AsNoTracking()
        where swap.Status == SwapStatus.Asked && (swap.AskedId == me.PersonId || swap.AskerId == me.PersonId)
        orderby swap.AskedAt
        select new SwapRow(swap.Id, swap.Version, swap.AskerId, db.People.First(p => p.Id == swap.AskerId).Name, swap.AskedId, db.People.First(p => p.Id == swap.AskedId).Name,
            db.WatchWeeks.First(week => week.Id == swap.WeekId).Monday,
            swap.InReturnId == null ? null : db.WatchWeeks.First(week => week.Id == swap.InReturnId).Monday, swap.Reason)).ToListAsync(cancel);

    /// <summary>My days away that are not over.</summary>
    public async Task<IReadOnlyList<WatchAbsence>> AwayAsync(CancellationToken cancel = default) =>
        await db.WatchAbsences.AsNoTracking().Where(away => away.PersonId == me.PersonId && !away.IsCancelled && away.To >= clock.Today()).OrderBy(away => away.From).ToListAsync(cancel);

    /// <summary>Who of the branch could take over, for a choice.</summary>
    public async Task<IReadOnlyList<WatchMember>> MembersAsync(Guid branchId, CancellationToken cancel = default) =>
        await db.MembersOf(branchId).OrderBy(person => person.Name).Select(person => new WatchMember(person.Id, person.Name, null)).ToListAsync(cancel);

    /// <summary>For records that refer to a week; null in another company.</summary>
    internal async Task<string?> NameAsync(Guid id, CancellationToken cancel)
    {
        var week = await db.WatchWeeks.Where(one => one.Id == id && one.CompanyId == me.CompanyId)
            .Select(one => new { one.Monday, Branch = db.PartyOrganisations.First(node => node.Id == one.BranchId).Name }).SingleOrDefaultAsync(cancel);
        return week is null ? null : $"{week.Branch} {week.Monday.Say(clock.Today().Year)}起的一周";
    }

    /// <summary>What I found on watch and is not over: open, or closed lately and not yet confirmed by me. Open ones first.</summary>
    public async Task<IReadOnlyList<WatchFinding>> FoundByMeAsync(CancellationToken cancel = default)
    {
        if (me.PersonId is not { } person) return [];
        var since = clock.GetUtcNow().AddDays(-DaysKept);
        return await db.Findings.AsNoTracking().Where(f => f.ReporterId == person && f.CompanyId == me.CompanyId && f.Source == FindingSource.Watch
                && (FindingStates.Open.Contains(f.Status) || f.ReportedAt >= since))
            .OrderByDescending(f => FindingStates.Open.Contains(f.Status)).ThenByDescending(f => f.ReportedAt).Take(MostFindings)
            .Select(f => new WatchFinding(f.Id, f.Number, f.Description, f.PlaceText, f.Status, f.DueOn)
            {
                Unit = db.Units.First(u => u.Id == f.UnitId).Name, Post = db.People.Where(p => p.Id == f.RectifierId).Select(p => p.JobTitle != "" ? p.JobTitle : p.Position).FirstOrDefault(),
                WaitsForMe = f.Status == FindingStatus.Closed && f.ConfirmedAt == null,
            }).ToListAsync(cancel);
    }

    public async Task<WatchDetail> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var week = await db.WatchWeeks.AsNoTracking().Include(one => one.Duties).SingleOrDefaultAsync(one => one.Id == id && one.CompanyId == me.CompanyId, cancel) ?? throw new NotFound("这一周的值守");
        var row = (await RowsAsync(db.WatchWeeks.Where(one => one.Id == id), cancel))[0];
        var findings = await db.Findings.AsNoTracking().FoundIn(week, me.CompanyId).OrderBy(f => f.ReportedAt).Take(MostFindings)
            .Select(f => new WatchFinding(f.Id, f.Number, f.Description, f.PlaceText, f.Status, f.DueOn)).ToListAsync(cancel);
        var mayArrange = (await access.AtAsync(week.BranchId, cancel)).May(WatchPermissions.Arrange);
        var today = clock.Today();
        return new(row, findings, mayArrange, mayArrange && week.CanReplace(today), findings.Count > 0 && week.CanClose(today) && (mayArrange || (me.PersonId is { } person && week.Has(person))));
    }

    async Task<IReadOnlyList<WatchRow>> RowsAsync(IQueryable<WatchWeek> weeks, CancellationToken cancel)
    {
        var rows = await weeks.AsNoTracking().OrderBy(week => week.Monday).Take(MostWeeks).Select(week => new
        {
            week.Id, week.Version, week.BranchId, Branch = db.PartyOrganisations.First(node => node.Id == week.BranchId).Name, week.Monday, week.ClosedAt,
            Members = week.Duties.Where(duty => !duty.IsGivenUp).Join(db.People, duty => duty.PersonId, person => person.Id, (_, person) => new WatchMember(person.Id, person.Name, person.LeftOn)).ToList(),
            All = week.Duties.Select(duty => duty.PersonId).ToList(),
        }).AsSplitQuery().ToListAsync(cancel);
        if (rows.Count == 0) return [];
        var (from, to) = (rows[0].Monday.At(TimeOnly.MinValue), rows[^1].Monday.AddDays(6).End());
        var people = rows.SelectMany(row => row.All).Cast<Guid?>().Distinct().ToArray();
        var found = await db.Findings.AsNoTracking().Where(f => f.CompanyId == me.CompanyId && f.Source == FindingSource.Watch && people.Contains(f.ReporterId) && f.FoundAt >= from && f.FoundAt < to)
            .Select(f => new { f.ReporterId, f.FoundAt, IsOpen = FindingStates.Open.Contains(f.Status) }).ToListAsync(cancel);
        return rows.ConvertAll(row =>
        {
            var own = found.Where(f => row.All.Contains(f.ReporterId!.Value) && f.FoundAt.PlantDate() >= row.Monday && f.FoundAt.PlantDate() <= row.Monday.AddDays(6)).ToList();
            return new WatchRow(row.Id, row.Version, row.BranchId, row.Branch, row.Monday, row.ClosedAt, row.Members, own.Count, own.Count(f => f.IsOpen));
        });
    }
}
