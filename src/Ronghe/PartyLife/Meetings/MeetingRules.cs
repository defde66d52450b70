using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.PartyLife.Meetings;

/// <summary>Who has to come to a meeting: known from memberships and appointments of its body, or invited by name.</summary>
public enum MeetingCircle { Members, Committee, Leadership, Managers, Invited }

/// <summary>Whether people may come who are not due.</summary>
public enum GuestRule { No, ByInvitation, Welcome, Yes }

/// <summary>Of whom a share is taken: those due, or those present (elections).</summary>
public enum VoteBase { Due, Present }

/// <summary>A share that has to be reached, as an exact fraction: two thirds of six is four, not what 0.6667 makes of it.</summary>
/// <param name="OrEqual">At least; otherwise more than.</param>
public sealed record VoteBar(VoteBase Of, bool OrEqual, int Over, int Under)
{
    const int MostUnder = 100;

    public bool IsMet(int count, int of) => OrEqual ? count * Under >= of * Over : count * Under > of * Over;

    /// <summary>The smallest number that reaches it.</summary>
    public int Least(int of) => OrEqual ? ((of * Over) + Under - 1) / Under : (of * Over / Under) + 1;

    /// <summary>不少于应到会的五分之四.</summary>
    public string Say() => $"{(OrEqual ? "不少于" : "超过")}{(Of == VoteBase.Due ? "应到会" : "实到会")}的{Fraction}";

    string Fraction => (Over, Under) == (1, 2) ? "半数" : $"{Numeral(Under)}分之{Numeral(Over)}";

    static string Numeral(int number) => number is > 0 and <= 10 ? "一二三四五六七八九十"[number - 1].ToString() : number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public void Check()
    {
        if (Over < 1 || Under is < 1 or > MostUnder || Over > Under) throw new Refusal($"比例要写成分数，分子不大于分母，分母不超过 {MostUnder}。没有保存，填写的内容还在。", "Fraction");
    }
}

/// <summary>How a body decides: how many have to be there, and how many have to agree.</summary>
/// <param name="Pass">Null where nothing is voted on.</param>
/// <param name="Source">Ids of rules, parted by blanks; empty once the plant changed the bars.</param>
/// <param name="PassSource">Where the second bar comes from, when elsewhere.</param>
public sealed record VoteFormula(string Id, string Name, VoteBar Quorum, VoteBar? Pass, string Ballot, string Source, string PassSource, string Example, string Warning);

/// <summary>What an item is about; its share of the agenda is computed from it.</summary>
public sealed record AgendaKind(string Id, string Name, string Short, bool IsSafety, bool IsProduction, bool IsParty, string Expected, string Source, string Note, bool IsOn);

/// <summary>A line of the usual agenda.</summary>
public sealed record AgendaLine(string Title, string Kind, int Minutes, string Expected);

/// <param name="Code">e.g. <c>MembersMeeting</c>; records and duties name it so.</param>
/// <param name="Bodies">Kinds of Party organisations that hold it.</param>
/// <param name="OfUnits">Units hold it too, or alone.</param>
/// <param name="Formulas">Ids of the formulas by which it may vote.</param>
/// <param name="HoldFormula">Without its quorum the meeting cannot be held at all; null where only votes need one.</param>
/// <param name="Source">Ids of rules and mechanisms, parted by blanks.</param>
public sealed record MeetingType(
    string Id, string Code, string Name, PartyOrganisationKind[] Bodies, bool OfUnits, MeetingCircle Circle, string Convener, string Due, GuestRule Guests, string GuestsText,
    string Cadence, string CadenceSource, string[] Formulas, string? HoldFormula, AgendaLine[] Agenda, string[] Outputs, string Source, string Note, bool IsOn)
{
    /// <summary>A meeting of the Party, not of the administration.</summary>
    public bool IsParty => Bodies.Length > 0;

    public bool Fits(PartyOrganisationKind? party) => party is { } kind ? Bodies.Contains(kind) : OfUnits;
}

/// <summary>How meetings are held: their types, their votes, the kinds of agenda items.</summary>
public sealed record MeetingRuleSet(IReadOnlyList<MeetingType> Types, IReadOnlyList<VoteFormula> Formulas, IReadOnlyList<AgendaKind> Kinds)
{
    const int LongestName = 40, LongestText = 300, MostLines = 20;

    public MeetingType Of(string code) => Types.FirstOrDefault(type => type.Code == code) ?? throw new Refusal("没有这种会议，没有保存，填写的内容还在。请重新选择。", "Type");
    public VoteFormula Formula(string id) => Formulas.FirstOrDefault(formula => formula.Id == id) ?? throw new Refusal("没有这种表决方式，没有保存，填写的内容还在。请重新选择。", "Formula");
    public AgendaKind Kind(string id) => Kinds.FirstOrDefault(kind => kind.Id == id) ?? throw new Refusal("没有这种议题类别，没有保存，填写的内容还在。请重新选择。", "Kind");

    public void Check()
    {
        foreach (var type in Types)
        {
            Name(type.Name, "会议");
            Text(type.Note);
            if (type.Agenda.Length > MostLines) throw new Refusal($"常用议程最多 {MostLines} 条，没有保存，填写的内容还在。", "Agenda");
            foreach (var line in type.Agenda)
            {
                if (line.Title.Trim() == "" || line.Title.Length > AgendaItem.LongestTitle) throw new Refusal($"议程每条要有题目，不超过 {AgendaItem.LongestTitle} 字。没有保存，填写的内容还在。", "Agenda");
                if (Kinds.All(kind => kind.Id != line.Kind)) throw new Refusal($"“{line.Title}”的类别不在类别表里，没有保存，填写的内容还在。", "Agenda");
            }
        }
        foreach (var formula in Formulas)
        {
            Name(formula.Name, "表决方式");
            formula.Quorum.Check();
            formula.Pass?.Check();
        }
        foreach (var kind in Kinds)
        {
            Name(kind.Name, "议题类别");
            Name(kind.Short, "议题类别简称");
        }
        if (Kinds.Where(kind => kind.IsOn).DistinctBy(kind => kind.Short).Count() != Kinds.Count(kind => kind.IsOn)) throw new Refusal("有两个类别的简称相同，请改一个。没有保存，填写的内容还在。", "Short");
    }

    static void Name(string name, string what)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName) throw new Refusal($"{what}要有名称，不超过 {LongestName} 字。没有保存，填写的内容还在。", "Name");
    }

    static void Text(string text)
    {
        if (text.Length > LongestText) throw new Refusal($"说明超过 {LongestText} 字，没有保存，填写的内容还在。", "Note");
    }
}

/// <summary>One edition of a company's rules, never changed afterwards: a meeting stays readable by the edition under which it was planned. The newest holds.</summary>
public sealed class MeetingRules : Aggregate
{
    const int LongestReason = 300;

    MeetingRules() { }

    public MeetingRules(Guid companyId, int number, MeetingRuleSet content, string reason, Guid? by, DateTimeOffset at)
    {
        content.Check();
        if (string.IsNullOrWhiteSpace(reason)) throw new Refusal("请写明为什么改、依据什么，没有保存，填写的内容还在。", nameof(Reason));
        if (reason.Length > LongestReason) throw new Refusal($"理由超过 {LongestReason} 字，没有保存，填写的内容还在。", nameof(Reason));
        (CompanyId, Number, Content, Reason, ById, At) = (companyId, number, content, reason.Trim(), by, at);
    }

    public Guid CompanyId { get; private init; }
    /// <summary>From 1 on; 0 stands for the default that comes with the product.</summary>
    public int Number { get; private init; }
    public MeetingRuleSet Content { get; private init; } = null!;
    public string Reason { get; private init; } = "";
    public Guid? ById { get; private init; }
    public DateTimeOffset At { get; private init; }
}
