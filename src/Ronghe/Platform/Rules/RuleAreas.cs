namespace Ronghe.Platform.Rules;

/// <summary>What the areas of the rule book are called.</summary>
public static class RuleAreas
{
    static readonly (string Key, string Title)[] Known =
    [
        ("safety.hazard", "隐患排查治理"), ("safety.law", "安全生产法"), ("safety.risk", "风险分级管控"), ("safety.class", "危险有害因素分类"), ("safety.25fc", "二十五项反措"),
        ("safety.accident", "电力事故与事件"), ("party.branch", "党支部工作"), ("party.soe", "国企党组织"), ("party.election", "选举与换届"), ("party.education", "党员教育"),
        ("party.development", "发展党员"), ("party.dues", "党费"), ("party.norms", "党内政治生活"), ("formalism.2023", "指尖上的形式主义（2023）"),
        ("formalism.2024", "为基层减负（2024）"), ("formalism.2026", "政务应用管理（2026）"), ("data.pipl", "个人信息保护"), ("data.dsl", "数据安全"), ("data.mlps3", "等级保护三级"),
        ("data.crypto", "商用密码"), ("forms", "台账与公文格式"),
    ];

    public static string Title(string area) => Known.FirstOrDefault(known => known.Key == area).Title ?? area;

    /// <summary>Areas that the book has, in the order of the house.</summary>
    public static IEnumerable<string> Of(RuleBook book)
    {
        var used = book.All.Select(rule => rule.Area).ToHashSet();
        return Known.Select(known => known.Key).Where(used.Contains).Concat(used.Except(Known.Select(known => known.Key)).Order());
    }
}
