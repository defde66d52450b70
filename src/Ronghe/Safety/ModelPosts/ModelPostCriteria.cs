using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.ModelPosts;

/// <summary>What the product can count for a criterion by itself; everything else the checker reads from papers.</summary>
public enum CriterionMeasure { SevereViolations, Settled, Contests, Problems }

/// <summary>One criterion, with how it is known, its threshold in words, and its source.</summary>
public sealed record Criterion(string Id, string Text, string Evidence, string Threshold, string Source, CriterionMeasure? Measure, bool IsOn);

/// <summary>The criteria of one kind of post, with the questions of the review, what is never enough, and the usual term.</summary>
public sealed record CriteriaSheet(ModelPostKind Kind, string Purpose, Criterion[] Criteria, string[] Questions, string[] NotEnough, int TermMonths, int ReviewMonths);

/// <summary>What a criterion says, as the form writes it.</summary>
public sealed record CriterionWords(string Text, string Evidence, string Threshold, string Source)
{
    const int LongestText = 200, LongestWords = 400;

    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Text)) throw new Refusal("请写标准。", nameof(Text));
        if (Text.Length > LongestText) throw new Refusal($"标准超过 {LongestText} 字，没有保存，文字还在。请精简。", nameof(Text));
        if (string.IsNullOrWhiteSpace(Evidence)) throw new Refusal("请写看哪些记录；没有记录可看的标准，评的时候说不清。", nameof(Evidence));
        if (Evidence.Length + Threshold.Length + Source.Length > LongestWords) throw new Refusal($"依据、门槛和出处合计超过 {LongestWords} 字，没有保存，文字还在。请精简。", nameof(Evidence));
        if (string.IsNullOrWhiteSpace(Source)) throw new Refusal("请写出处：依据库里的编号、文件和条款，或“本单位规定”。", nameof(Source));
    }
}

/// <summary>The criteria of one kind as one company keeps them, once they differ from the default. Each change is a new version, told to the journal with its reason.</summary>
public sealed class ModelPostCriteria : Aggregate
{
    const int MostCriteria = 20;
    const string Own = "本厂";

    ModelPostCriteria() { }

    public ModelPostCriteria(Guid companyId, CriteriaSheet standard) => (CompanyId, Kind, Sheet) = (companyId, standard.Kind, standard);

    public Guid CompanyId { get; private init; }
    public ModelPostKind Kind { get; private init; }
    public CriteriaSheet Sheet { get; private set; } = null!;

    /// <summary>Other words; what the product counts for it stays, for that is what the id means.</summary>
    public void Restate(string id, CriterionWords words)
    {
        words.Check();
        Replace(id, old => old with { Text = words.Text.Trim(), Evidence = words.Evidence.Trim(), Threshold = words.Threshold.Trim(), Source = words.Source.Trim() });
    }

    /// <summary>Posts that were checked by it keep what it said then.</summary>
    public void Switch(string id, bool on)
    {
        if (!on && Sheet.Criteria.Count(one => one.IsOn) == 1) throw new Refusal("至少要留一条标准，没有停用。");
        Replace(id, old => old.IsOn == on ? throw new Refusal(on ? "这条标准正在使用。" : "这条标准已经停用。") : old with { IsOn = on });
    }

    public void Add(CriterionWords words)
    {
        words.Check();
        if (Sheet.Criteria.Length >= MostCriteria) throw new Refusal($"一类示范岗最多 {MostCriteria} 条标准。标准多了没有人看，请先合并。");
        var own = Sheet.Criteria.Count(one => one.Id.StartsWith(Own, StringComparison.Ordinal)) + 1;
        Sheet = Sheet with { Criteria = [.. Sheet.Criteria, new($"{Own}-{own:00}", words.Text.Trim(), words.Evidence.Trim(), words.Threshold.Trim(), words.Source.Trim(), null, IsOn: true)] };
        Acted();
    }

    public void SetTerm(int months, int reviewMonths)
    {
        ModelPostTerm.Check(months, reviewMonths);
        Sheet = Sheet with { TermMonths = months, ReviewMonths = reviewMonths };
        Acted();
    }

    void Replace(string id, Func<Criterion, Criterion> change)
    {
        if (Sheet.Criteria.All(one => one.Id != id)) throw new NotFound("这条标准");
        Sheet = Sheet with { Criteria = [.. Sheet.Criteria.Select(one => one.Id == id ? change(one) : one)] };
        Acted();
    }
}
