using Ronghe.Platform;

namespace Ronghe.PartyLife.Meetings;

/// <summary>What is written of a meeting while it runs and after it: discussion, votes, resolutions, and the minutes that follow from them.</summary>
public sealed partial class Meeting
{
    /// <summary>In hours; longer is a slip of the pen.</summary>
    const int LongestMeeting = 24;

    public void RecordItem(Guid id, ItemWords words)
    {
        Guard(MeetingVerb.Record);
        var item = Item(id);
        if (!words.IsDiscussed && (_votes.Any(vote => vote.ItemId == id) || _resolutions.Any(one => one.ItemId == id))) throw new Refusal("这个议题已经记了表决或决议，不能记成没有讨论。", nameof(words.IsDiscussed));
        item.Record(words);
        Acted();
    }

    /// <summary>By the formula, on the numbers of those due and present; without a quorum there is no vote.</summary>
    public MeetingVote Vote(Guid id, NewVote facts, VoteFormula formula, Turnout turnout, Guid by, DateTimeOffset at)
    {
        Guard(MeetingVerb.Vote);
        facts.Check();
        Item(facts.ItemId).RequireDealtWith();
        if (formula.Pass is not { } pass) throw new Refusal($"“{formula.Name}”只规定到会人数，不作表决。", nameof(facts.Formula));
        var (due, present) = (turnout.DueVoting, turnout.PresentVoting);
        if (due == 0) throw new Refusal("名单里没有有表决权的人，不能表决。", nameof(facts.Formula));
        var of = formula.Quorum.Of == VoteBase.Due ? due : present;
        if (!formula.Quorum.IsMet(present, of)) throw new Refusal(WhyNoQuorum(formula, present, due, "不能表决"), nameof(facts.Formula));
        var cast = facts.Yes + facts.No + facts.Abstain;
        if (cast > present) throw new Refusal($"赞成、反对、弃权合计 {cast} 票，多于到会有表决权的 {present} 人。没有保存，填写的内容还在，请核对。", nameof(facts.Yes));
        var counted = pass.Of == VoteBase.Due ? due : present;
        var isPassed = pass.IsMet(facts.Yes, counted);
        var vote = new MeetingVote
        {
            Id = id, MeetingId = Id, ItemId = facts.ItemId, Formula = formula.Id, FormulaName = formula.Name, Matter = facts.Matter.Trim(), DueVoting = due, PresentVoting = present,
            Yes = facts.Yes, No = facts.No, Abstain = facts.Abstain, IsPassed = isPassed, Source = formula.Source, ById = by, At = at,
            Basis = $"到会须{formula.Quorum.Say()}（至少 {formula.Quorum.Least(of)} 人）；赞成须{pass.Say()}有表决权人数（至少 {pass.Least(counted)} 票）",
        };
        _votes.Add(vote);
        Acted();
        return vote;
    }

    public void RemoveVote(Guid id)
    {
        Guard(MeetingVerb.Vote);
        _votes.Remove(_votes.FirstOrDefault(vote => vote.Id == id) ?? throw new NotFound("这次表决"));
        Acted();
    }

    /// <param name="id">Made by the caller.</param>
    /// <param name="itemId">On which item.</param>
    /// <param name="text">What was resolved.</param>
    /// <param name="taskId">Of the task that it becomes; null when nobody has to do anything.</param>
    public Resolution Resolve(Guid id, Guid itemId, string text, Guid? taskId, Guid by, DateTimeOffset at)
    {
        Guard(MeetingVerb.Resolve);
        Require(text, nameof(Resolution.Text), "请写决议内容。", LongestReason);
        Item(itemId).RequireDealtWith();
        var resolution = new Resolution { Id = id, MeetingId = Id, ItemId = itemId, No = _resolutions.Count == 0 ? 1 : _resolutions.Max(one => one.No) + 1, Text = text.Trim(), TaskId = taskId, ById = by, At = at };
        _resolutions.Add(resolution);
        Acted();
        return resolution;
    }

    /// <summary>Written down by mistake; its task is cancelled by the same act.</summary>
    public Resolution RemoveResolution(Guid id)
    {
        Guard(MeetingVerb.Resolve);
        var resolution = _resolutions.FirstOrDefault(one => one.Id == id) ?? throw new NotFound("这条决议");
        _resolutions.Remove(resolution);
        Acted();
        return resolution;
    }

    /// <summary>Only with every item dealt with, every absence explained, and its end known.</summary>
    public void Minute(DateTimeOffset until, string conclusion, Turnout turnout, DateTimeOffset at)
    {
        Guard(MeetingVerb.Minute);
        if (conclusion.Length > LongestText) throw new Refusal($"文字超过 {LongestText} 字，没有保存，文字还在。请精简后再提交。", nameof(Conclusion));
        if (until < HeldFrom) throw new Refusal("结束时间早于开始，请核对。没有保存，填写的内容还在。", nameof(HeldUntil));
        if (until > at || until > HeldFrom!.Value.AddHours(LongestMeeting)) throw new Refusal("结束时间不能晚于现在，也不能比开始晚一天以上，请核对。没有保存，填写的内容还在。", nameof(HeldUntil));
        if (WhyNoMinutes(turnout) is { } reason) throw new Refusal(reason);
        (HeldUntil, Conclusion, MinutedAt, Reason) = (until, conclusion.Trim(), at, "");
        MoveTo(MeetingStatus.Minuted);
    }

    /// <summary>Null when nothing is missing, else what is.</summary>
    public string? WhyNoMinutes(Turnout turnout)
    {
        if (_agenda.Where(item => item.State == ItemState.Open).Select(item => $"“{item.Title}”").ToList() is { Count: > 0 } open)
            return $"{string.Join("", open.Take(3))}{(open.Count > 3 ? $"等 {open.Count} 个议题" : "")}还没有记录。没有讨论的，请记成“没有讨论”。";
        if (_agenda.All(item => item.State != ItemState.Discussed)) return "没有一个议题讨论过，不能形成纪要。";
        return turnout.Unexplained > 0 ? $"还有 {turnout.Unexplained} 人没有到会、也没有写原因，请在到会名单里补上。" : null;
    }

    public void SendBack(string reason)
    {
        Guard(MeetingVerb.SendBack);
        Require(reason, nameof(Reason), "退回要写明还差什么。", LongestReason);
        (MinutedAt, Reason) = (null, reason.Trim());
        MoveTo(MeetingStatus.Held);
    }

    /// <summary>The minutes are agreed to by somebody who did not write them. From now on nothing is altered.</summary>
    public void Archive(Guid by, DateTimeOffset at)
    {
        Guard(MeetingVerb.Archive);
        if (by == RecorderId) throw new Forbidden("纪要由记录人整理，请主持人确认归档。");
        (ArchivedAt, ArchivedById) = (at, by);
        MoveTo(MeetingStatus.Archived);
    }

    public void Correct(Guid id, string what, string text, Guid by, DateTimeOffset at)
    {
        Guard(MeetingVerb.Correct);
        Require(what, nameof(Correction.What), "请写更正哪里，例如“第 2 项决议的期限”。", LongestTitle);
        Require(text, nameof(Correction.Text), "请写正确的是什么、为什么写错了。", LongestReason);
        _corrections.Add(new Correction { Id = id, MeetingId = Id, What = what.Trim(), Text = text.Trim(), ById = by, At = at });
        Acted();
    }
}
