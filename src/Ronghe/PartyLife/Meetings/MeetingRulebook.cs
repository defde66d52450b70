using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Rules;

namespace Ronghe.PartyLife.Meetings;

/// <param name="Number">0 while the default that comes with the product holds.</param>
public sealed record MeetingEdition(int Number, MeetingRuleSet Rules);

/// <param name="By">Null for the system.</param>
public sealed record MeetingEditionRow(int Number, string Reason, string? By, DateTimeOffset At);

/// <summary>The rules that hold: the product's default until the company makes an edition of its own. A later default never replaces one.</summary>
public sealed class MeetingRulebook(AppDb db, Me me, MeetingPack pack, RuleBook rules, TimeProvider clock)
{
    public const string Kind = "meeting-rules";

    public async Task<MeetingEdition> CurrentAsync(CancellationToken cancel = default) =>
        await db.MeetingRules.AsNoTracking().Where(one => one.CompanyId == me.CompanyId).OrderByDescending(one => one.Number).FirstOrDefaultAsync(cancel) is { } own
            ? new(own.Number, own.Content) : new(0, pack.Rules);

    /// <summary>As they were under an edition.</summary>
    public async Task<MeetingRuleSet> OfAsync(int number, CancellationToken cancel = default) => number == 0 ? pack.Rules
        : await db.MeetingRules.AsNoTracking().Where(one => one.CompanyId == me.CompanyId && one.Number == number).Select(one => one.Content).SingleAsync(cancel);

    public async Task<IReadOnlyList<MeetingEditionRow>> EditionsAsync(CancellationToken cancel = default) =>
        await db.MeetingRules.AsNoTracking().Where(one => one.CompanyId == me.CompanyId).OrderByDescending(one => one.Number).Take(50)
            .Select(one => new MeetingEditionRow(one.Number, one.Reason, db.People.Where(p => p.Id == one.ById).Select(p => p.Name).FirstOrDefault(), one.At)).ToListAsync(cancel);

    /// <summary>What stands behind the ids of a source, and how sure we are of it; mechanisms and customs stand for themselves.</summary>
    public string CitationsOf(string source) => source == "" ? "本单位调整过" : string.Join('；', source.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(id => rules.Find(id) is { } rule ? $"{rule.Citation}（{rule.ConfidenceTitle}）" : id).Distinct());

    /// <param name="seen">Number of the edition that the form showed.</param>
    /// <param name="change">What is other from now on; earlier meetings keep their edition.</param>
    /// <param name="reason">Why, and by what right.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<int> ChangeAsync(int seen, Func<MeetingRuleSet, MeetingRuleSet> change, string reason, CancellationToken cancel = default)
    {
        if (!me.May(MeetingPermissions.Configure)) throw new Forbidden("您没有调整会议规则的权限。需要的话，请联系党建工作部门。");
        var before = await CurrentAsync(cancel);
        if (before.Number != seen) throw Stale();
        var edition = new MeetingRules(me.CompanyId, seen + 1, change(before.Rules), reason, me.PersonId, clock.GetUtcNow());
        db.MeetingRules.Add(edition);
        db.Record(edition, Kind, Kind + ".changed", me.PersonId, clock.GetUtcNow(), me.CompanyId, new { edition.Number, edition.Reason, before = before.Rules, after = edition.Content });
        if (!await db.SaveNewAsync(cancel)) throw Stale();
        return edition.Number;
    }

    static StaleWrite Stale() => new("会议规则刚刚被别人改过，您的改动没有保存，填写的内容还在。请看过最新的再改。");
}
