using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Rules;

namespace Ronghe.Findings;

/// <summary>The plant's numbers for the loop, and the sourced criteria for grading.</summary>
public sealed class FindingRulebook(AppDb db, RuleBook rules)
{
    /// <summary>Criteria shown where somebody grades: general, major, and the scope of the power-sector criteria.</summary>
    public IEnumerable<Rule> GradingCriteria => new[] { "YH-02", "YH-03", "YH-15" }.Select(rules.Find).OfType<Rule>();

    /// <summary>Source and article behind an id such as FC-06, as shown beside a dictionary entry; other words stand for themselves.</summary>
    public string? CitationOf(string? source) => string.IsNullOrEmpty(source) ? null : rules.Find(source)?.Citation ?? source;

    /// <summary>A rule that a value leans on.</summary>
    public Rule? Find(string id) => rules.Find(id);

    public async Task<FindingRules> ForAsync(Guid companyId, CancellationToken cancel = default) =>
        await db.FindingRules.AsNoTracking().SingleOrDefaultAsync(r => r.CompanyId == companyId, cancel) ?? new FindingRules(companyId);

    public async Task ChangeAsync(Me me, int version, Action<FindingRules> change, DateTimeOffset at, CancellationToken cancel = default)
    {
        if (!me.May(FindingPermissions.Configure)) throw new Forbidden("您没有调整期限规则的权限。需要的话，请联系安全监察部门。");
        var stored = await db.FindingRules.SingleOrDefaultAsync(r => r.CompanyId == me.CompanyId, cancel);
        if (stored is null) db.FindingRules.Add(stored = new FindingRules(me.CompanyId));
        else if (stored.Version != version) throw new StaleWrite("期限规则刚刚被别人改过，您的改动没有保存，填写的内容还在。请刷新后再改。");
        change(stored);
        db.Record(stored, "finding-rules", "finding-rules.changed", me.PersonId, at, me.CompanyId, new { stored.GeneralDays, stored.MajorDays, stored.ExtensionsMost, stored.ConfirmDays, stored.EscalateAfter, stored.RecheckPercent });
        await db.SaveChangesAsync(cancel);
    }
}
