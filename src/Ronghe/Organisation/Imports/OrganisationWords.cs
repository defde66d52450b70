using System.Text.RegularExpressions;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>What offices write, and what it means here.</summary>
static partial class OrganisationWords
{
    static readonly Dictionary<string, UnitKind> UnitKindsByWord = new()
    {
        ["公司"] = UnitKind.Company, ["集团"] = UnitKind.Company, ["集团公司"] = UnitKind.Company, ["分公司"] = UnitKind.Company, ["子公司"] = UnitKind.Company,
        ["厂"] = UnitKind.Plant, ["电厂"] = UnitKind.Plant, ["分厂"] = UnitKind.Plant, ["发电厂"] = UnitKind.Plant,
        ["部门"] = UnitKind.Department, ["部"] = UnitKind.Department, ["处室"] = UnitKind.Department, ["科室"] = UnitKind.Department,
        ["车间"] = UnitKind.Department, ["中心"] = UnitKind.Department,
        ["班组"] = UnitKind.Crew, ["班"] = UnitKind.Crew, ["值"] = UnitKind.Crew, ["组"] = UnitKind.Crew, ["队"] = UnitKind.Crew,
    };

    static readonly Dictionary<string, PartyOrganisationKind> PartyKindsByWord = new()
    {
        ["党委"] = PartyOrganisationKind.Committee, ["基层党委"] = PartyOrganisationKind.Committee,
        ["党总支"] = PartyOrganisationKind.GeneralBranch, ["总支"] = PartyOrganisationKind.GeneralBranch, ["党总支部"] = PartyOrganisationKind.GeneralBranch,
        ["党支部"] = PartyOrganisationKind.Branch, ["支部"] = PartyOrganisationKind.Branch,
        ["党小组"] = PartyOrganisationKind.Group, ["小组"] = PartyOrganisationKind.Group,
    };

    static readonly Dictionary<string, PoliticalStatus> Statuses = new()
    {
        ["中共党员"] = PoliticalStatus.Full, ["党员"] = PoliticalStatus.Full, ["正式党员"] = PoliticalStatus.Full, ["中共正式党员"] = PoliticalStatus.Full,
        ["中共预备党员"] = PoliticalStatus.Probationary, ["预备党员"] = PoliticalStatus.Probationary,
        ["发展对象"] = PoliticalStatus.Candidate, ["党员发展对象"] = PoliticalStatus.Candidate,
        ["入党积极分子"] = PoliticalStatus.Activist, ["积极分子"] = PoliticalStatus.Activist,
        ["共青团员"] = PoliticalStatus.LeagueMember, ["团员"] = PoliticalStatus.LeagueMember,
        ["群众"] = PoliticalStatus.Masses,
    };

    public static readonly string[] UnitKindOptions = ["公司", "厂", "部门", "班组"];
    public static readonly string[] PartyKindOptions = ["党委", "党总支", "党支部", "党小组"];
    public static readonly string[] StatusOptions = ["中共党员", "中共预备党员", "发展对象", "入党积极分子", "共青团员", "群众"];

    public static UnitKind? UnitKindOf(string word) => UnitKindsByWord.TryGetValue(word, out var kind) ? kind : null;
    public static PartyOrganisationKind? PartyKindOf(string word) => PartyKindsByWord.TryGetValue(word, out var kind) ? kind : null;
    public static PoliticalStatus? StatusOf(string word) => Statuses.TryGetValue(word, out var status) ? status : null;

    /// <summary>汉 → 汉族; names of several characters as they are written.</summary>
    public static string Ethnicity(string word) => word.Length == 0 || word.EndsWith('族') ? word : word + "族";

    /// <summary>5年, 三年, 3 → years; null when it says nothing of the kind.</summary>
    public static int? TermYears(string text)
    {
        var match = Years().Match(CellText.HalfWidth(text));
        if (!match.Success) return null;
        var years = match.Groups[1].Value;
        var value = "一二三四五六七八九十".IndexOf(years[0], StringComparison.Ordinal) is >= 0 and var at ? at + 1 : int.Parse(years, System.Globalization.CultureInfo.InvariantCulture);
        return value is >= 1 and <= 10 ? value : null;
    }

    [GeneratedRegex("^([1-9]|10|[一二三四五六七八九十])(?:\\.0)?\\s*年?$")]
    private static partial Regex Years();
}
