using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;

namespace Ronghe.Findings;

/// <summary>A row that somebody ticked, in the version that the list showed.</summary>
public sealed record PickedFinding(Guid Id, int Version)
{
    /// <summary>As it stands in the form: the id, a dot, the version. Null for anything else.</summary>
    public static PickedFinding? Read(string? text) =>
        text?.IndexOf('.') is > 0 and var dot && Guid.TryParseExact(text.AsSpan(0, dot), "n", out var id) && int.TryParse(text.AsSpan(dot + 1), out var version) ? new(id, version) : null;

    public override string ToString() => $"{Id:n}.{Version}";
}

public sealed record BulkRow(Guid Id, string Number, string Description, string PlaceText, FindingStatus Status, FindingGrade? Grade, DateOnly? DueOn, string? RectifierName, int Version);

public enum BulkEnd { Done, Refused, Overtaken }

/// <summary>What became of one row, and why when nothing did.</summary>
public sealed record BulkOutcome(Guid Id, BulkEnd End, string Reason);

/// <summary>
/// One act on several findings: each goes the way that it would go alone, with its own rights, its own version and its own transaction,
/// and tells what became of it. One that is refused keeps nobody else from being done.
/// </summary>
public sealed class FindingBulk(AppDb db, Me me, FindingAccess access, IServiceScopeFactory scopes, TimeProvider clock)
{
    public const int Most = 200;
    static readonly TimeSpan JustNow = TimeSpan.FromMinutes(10);

    /// <summary>Acts for which one set of words fits many findings. Verifying and rejecting need a look at each.</summary>
    public static readonly FindingVerb[] Verbs = [FindingVerb.Assign, FindingVerb.Extend, FindingVerb.ListForSupervision, FindingVerb.Close];

    public static string RightFor(FindingVerb verb) => verb switch
    {
        FindingVerb.ListForSupervision => FindingPermissions.Supervise,
        FindingVerb.Close => FindingPermissions.Close,
        _ => FindingPermissions.Assign,
    };

    /// <summary>Those of them that I may see, newest first.</summary>
    public Task<List<BulkRow>> RowsAsync(IReadOnlyCollection<PickedFinding> picked, CancellationToken cancel = default)
    {
        var ids = picked.Select(one => one.Id).ToArray();
        return access.Visible().AsNoTracking().Where(f => ids.Contains(f.Id)).OrderByDescending(f => f.ReportedAt).ThenByDescending(f => f.Id)
            .Select(f => new BulkRow(f.Id, f.Number, f.Description, f.PlaceText, f.Status, f.Grade, f.DueOn,
                db.People.Where(p => p.Id == f.RectifierId).Select(p => p.Name).FirstOrDefault(), f.Version)).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<BulkOutcome>> RunAsync(
        FindingVerb verb, IReadOnlyCollection<PickedFinding> picked, Func<FindingActions, PickedFinding, Task> act, CancellationToken cancel = default)
    {
        var outcomes = new List<BulkOutcome>();
        foreach (var one in picked)
        {
            cancel.ThrowIfCancellationRequested();
            // A refused row leaves half-changed records behind; they end with its scope.
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(me);
            try
            {
                await act(scope.ServiceProvider.GetRequiredService<FindingActions>(), one);
                outcomes.Add(new(one.Id, BulkEnd.Done, ""));
            }
            catch (StaleWrite stale)
            {
                outcomes.Add(await IsMineAsync(verb, one, cancel) ? new(one.Id, BulkEnd.Done, "刚才已经办好，没有重复办理。") : new(one.Id, BulkEnd.Overtaken, stale.Message));
            }
            catch (Refusal refusal)
            {
                outcomes.Add(new(one.Id, BulkEnd.Refused, refusal.Message));
            }
        }
        return outcomes;
    }

    /// <summary>The form was sent twice: the change in between is this very act.</summary>
    Task<bool> IsMineAsync(FindingVerb verb, PickedFinding one, CancellationToken cancel)
    {
        var since = clock.GetUtcNow() - JustNow;
        return db.FindingSteps.AnyAsync(step => step.FindingId == one.Id && step.Version > one.Version && step.Verb == verb && step.ById == me.PersonId && step.EnteredAt > since, cancel);
    }
}
