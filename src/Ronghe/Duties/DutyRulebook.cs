using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Rules;

namespace Ronghe.Duties;

/// <summary>A duty as it holds in one company.</summary>
/// <param name="Version">Of the company's own edition; 0 while the default holds.</param>
public sealed record Duty(string Code, DutyDefinition Definition, DutySubjectKind? Subject, DutyEvidence? Evidence, Guid? RuleId, int Version)
{
    /// <summary>Whether this product knows who owes it and which record meets it.</summary>
    public bool IsKnown => Subject is not null && Evidence is not null;
    public bool IsOn => Definition.IsOn && IsKnown;
}

/// <summary>The duties that hold: the product's defaults, and over them what the company changed. A later default never replaces a change.</summary>
public sealed class DutyRulebook(AppDb db, Me me, DutyPack pack, IEnumerable<DutySubjectKind> subjects, IEnumerable<DutyEvidence> evidence, IEnumerable<EventDutyAnswer> answers, RuleBook rules, TimeProvider clock)
{
    public const string Kind = "duty-rule";

    public Task<IReadOnlyList<Duty>> AllAsync(CancellationToken cancel = default) => OfCompanyAsync(me.CompanyId, cancel);

    /// <summary>For jobs, which belong to no company.</summary>
    public async Task<IReadOnlyList<Duty>> OfCompanyAsync(Guid companyId, CancellationToken cancel = default)
    {
        var own = await db.DutyRules.AsNoTracking().Where(rule => rule.CompanyId == companyId).ToDictionaryAsync(rule => rule.Code, cancel);
        return [.. pack.ByCode.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => Of(entry.Key, entry.Value, own.GetValueOrDefault(entry.Key)))];
    }

    public async Task<Duty> OneAsync(string code, CancellationToken cancel = default)
    {
        var standard = pack.ByCode.GetValueOrDefault(code) ?? throw new NotFound("这项义务");
        return Of(code, standard, await db.DutyRules.AsNoTracking().SingleOrDefaultAsync(rule => rule.CompanyId == me.CompanyId && rule.Code == code, cancel));
    }

    /// <summary>Those that follow an event or a term, each with where it is seen to; null where no wing knows the event yet.</summary>
    public IReadOnlyList<(EventDuty Duty, EventDutyAnswer? Answer)> Events => [.. pack.Events.Select(duty => (duty, answers.FirstOrDefault(answer => answer.Code == duty.Code)))];

    public string SubjectTitle(Duty duty) => duty.Subject?.Title ?? pack.SubjectTitle(duty.Definition.Subject);

    /// <summary>The default, for who compares.</summary>
    public DutyDefinition StandardOf(string code) => pack.ByCode[code];

    /// <summary>What stands behind the ids of a source, and how sure we are of it; mechanisms and customs stand for themselves.</summary>
    public string CitationsOf(string source) => string.Join('；', source.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(id => rules.Find(id) is { } rule ? $"{rule.Citation}（{rule.ConfidenceTitle}）" : id));

    /// <param name="code">Which duty.</param>
    /// <param name="version">What the page showed; 0 for the default.</param>
    /// <param name="change">Restates the rule.</param>
    /// <param name="reason">Why, for those who ask later.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task ChangeAsync(string code, int version, Action<DutyRule> change, string reason, CancellationToken cancel = default)
    {
        if (!me.May(DutyPermissions.Configure)) throw new Forbidden("您没有调整履职义务的权限。需要的话，请联系党建工作部门。");
        if (string.IsNullOrWhiteSpace(reason)) throw new Refusal("请写明为什么改，没有保存，填写的内容还在。", "Reason");
        var standard = pack.ByCode.GetValueOrDefault(code) ?? throw new NotFound("这项义务");
        var rule = await db.DutyRules.SingleOrDefaultAsync(r => r.CompanyId == me.CompanyId && r.Code == code, cancel);
        if ((rule?.Version ?? 0) != version) throw new StaleWrite("这项义务刚刚被别人改过，您的改动没有保存，填写的内容还在。请刷新后再改。");
        if (rule is null) db.DutyRules.Add(rule = new DutyRule(me.CompanyId, code, standard));
        var before = rule.Definition;
        change(rule);
        db.Record(rule, Kind, Kind + ".changed", me.PersonId, clock.GetUtcNow(), me.CompanyId, new { code, reason = reason.Trim(), before, after = rule.Definition });
        await db.SaveChangesAsync(cancel);
    }

    Duty Of(string code, DutyDefinition standard, DutyRule? own)
    {
        var definition = own?.Definition ?? standard;
        return new(code, definition, subjects.FirstOrDefault(kind => kind.Key == definition.Subject), evidence.FirstOrDefault(kind => kind.Key == definition.Evidence), own?.Id, own?.Version ?? 0);
    }
}
