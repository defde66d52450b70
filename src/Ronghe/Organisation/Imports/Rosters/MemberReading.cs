using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Platform.Spreadsheets;
using F = Ronghe.Organisation.Imports.Rosters.RosterFaults;
using K = Ronghe.Organisation.Imports.Rosters.RosterSpec;

namespace Ronghe.Organisation.Imports.Rosters;

/// <summary>Reads the Party facts of a roster, which stand in its own row or in a second sheet, and the posts that the row states.</summary>
sealed class MemberReading(RosterDirectory directory, WordQuestions questions, DateOnly today, DateOnly asOf)
{
    const int YearsToJoin = 18;

    readonly Dictionary<string, PartyFacts> _byNumber = [];
    readonly Dictionary<string, Action> _unclaimed = [];

    /// <summary>The sheet that holds Party facts only.</summary>
    public void ReadMembers(SheetReading reading)
    {
        foreach (var row in reading.Rows())
        {
            if (row.Code(K.Number) is not { } number)
            {
                row.Error(K.Number, F.MissingNumber, "工号没有填写，不知道是谁。请补上后重新导入。");
                continue;
            }
            var (sheet, cell) = (reading.Sheet.Name, row.Address(K.Number));
            var facts = Facts(row, reading);
            if (!_byNumber.TryAdd(number, facts with { Listed = true, IsBad = row.HasErrors }))
                row.Error(K.Number, F.DuplicateNumber, $"工号 {number} 在这张表里出现了两次。请删去其中一行。");
            else
                _unclaimed[number] = () => reading.Errors.Add(sheet, cell, F.UnknownPerson, $"花名册里没有工号 {number}。请核对工号，或先在花名册里补上这个人。");
        }
    }

    /// <summary>The facts of one person, wherever they stand.</summary>
    public PartyFacts Of(RowReader row, string? number, SheetReading reading)
    {
        var own = Facts(row, reading);
        if (number is null || !_byNumber.TryGetValue(number, out var listed)) return own;
        _unclaimed.Remove(number);
        return row.Has(K.Branch) ? own : listed with { Status = own.Status == "" ? listed.Status : own.Status };
    }

    /// <summary>Rows of the second sheet that belong to nobody in the first.</summary>
    public void ReportUnclaimed()
    {
        foreach (var report in _unclaimed.Values) report();
    }

    public (PoliticalStatus Status, MemberFacts? Member, IReadOnlyList<StatedPost> Posts) Read(PartyFacts facts, RosterUnit? unit, PreciseDate? born)
    {
        var status = ReadStatus(facts);
        CheckDates(facts, born);
        var isListed = status is PoliticalStatus.Full or PoliticalStatus.Probationary or PoliticalStatus.Candidate or PoliticalStatus.Activist;
        var branch = isListed || facts.Branch != "" ? ReadBranch(facts, status) : null;
        var group = branch is null ? null : ReadGroup(facts, branch);
        var member = isListed && branch is not null
            ? new MemberFacts((group ?? branch).Id, status, facts.Joined?.Value, facts.Confirmed?.Value) : null;
        return (status, member, unit is null ? [] : ReadPosts(facts, unit, branch, group));
    }

    PartyFacts Facts(RowReader row, SheetReading reading)
    {
        var (sheet, number, mapping, errors) = (reading.Sheet.Name, row.Number, reading.Mapping, reading.Errors);
        string Meant(string key) => Word(row, key) is { Length: > 0 } word ? questions.Meant(row, key, word) : "";
        return new()
        {
            Status = Meant(K.Status), Branch = Meant(K.Branch), Group = Word(row, K.Group), PartyPost = Word(row, K.PartyPost),
            Joined = row.Date(K.Joined), Confirmed = row.Date(K.Confirmed),
            Fail = (key, kind, message) => errors.Add(sheet, CellAddress.Of(Math.Max(0, mapping.Of(key)), number), kind, message),
            Ask = (key, word, known) => questions.Ask(key, mapping.TitleOf(key), word, known),
        };
    }

    static string Word(RowReader row, string key) => row.Line(key, 100) is { } text && !CellText.IsNothing(text) ? text : "";

    /// <summary>For somebody who is gone nothing else of the Party facts counts.</summary>
    public static PoliticalStatus StatusOf(PartyFacts facts) => OrganisationWords.StatusOf(facts.Status) ?? PoliticalStatus.Masses;

    static PoliticalStatus ReadStatus(PartyFacts facts)
    {
        if (facts.Status == "") return !facts.Listed ? PoliticalStatus.Masses : facts.Confirmed is null ? PoliticalStatus.Probationary : PoliticalStatus.Full;
        if (OrganisationWords.StatusOf(facts.Status) is { } status) return status;
        facts.Ask(K.Status, facts.Status, OrganisationWords.StatusOptions);
        facts.Fail(K.Status, F.UnknownStatus, $"政治面貌填的是“{facts.Status}”，不在可用的说法之内。请改成：{string.Join("、", OrganisationWords.StatusOptions)}。");
        return PoliticalStatus.Masses;
    }

    void CheckDates(PartyFacts facts, PreciseDate? born)
    {
        foreach (var (key, title, date) in new[] { (K.Joined, "入党时间", facts.Joined), (K.Confirmed, "转正时间", facts.Confirmed) })
            if (date?.Value > today) facts.Fail(key, F.ImpossibleDate, $"{title} {date.Value.Value:yyyy-MM-dd} 还没有到。请核对年份。");
        if (facts.Joined is { } joined && born is { } birth && Last(joined) < birth.Value.AddYears(YearsToJoin))
            facts.Fail(K.Joined, F.TooYoungForParty, $"入党时间 {joined.Value:yyyy-MM-dd} 时不满 {YearsToJoin} 岁（出生年月 {birth.Value:yyyy-MM}）。请核对两个日期。");
        if (facts is { Joined: { } before, Confirmed: { } confirmed } && Last(confirmed) < before.Value)
            facts.Fail(K.Confirmed, F.ConfirmedBeforeJoined, $"转正时间 {confirmed.Value:yyyy-MM-dd} 早于入党时间 {before.Value:yyyy-MM-dd}。请核对两个日期。");
    }

    PartyOrganisation? ReadBranch(PartyFacts facts, PoliticalStatus status)
    {
        if (facts.Branch == "")
        {
            facts.Fail(K.Branch, F.MissingBranch, $"政治面貌是“{status.Title()}”，所在党支部没有填写。请补上后重新导入。");
            return null;
        }
        if (directory.Branch(facts.Branch) is { } branch) return branch;
        facts.Ask(K.Branch, facts.Branch, directory.BranchNames);
        facts.Fail(K.Branch, F.UnknownBranch, $"没有党支部“{facts.Branch}”。请按党组织机构填写，可填：{string.Join("、", directory.BranchNames.Take(30))}。");
        return null;
    }

    PartyOrganisation? ReadGroup(PartyFacts facts, PartyOrganisation branch)
    {
        if (facts.Group == "") return null;
        if (directory.Group(branch.Id, facts.Group) is { } group) return group;
        facts.Fail(K.Group, F.UnknownGroup, $"“{branch.Name}”下面没有党小组“{facts.Group}”。可填：{string.Join("、", directory.GroupNames(branch.Id).Take(20))}。");
        return null;
    }

    List<StatedPost> ReadPosts(PartyFacts facts, RosterUnit unit, PartyOrganisation? branch, PartyOrganisation? group)
    {
        if (unit.JobTitle == "" && facts.PartyPost == "" && !unit.Position.Contains('安')) return NoPosts;
        var committee = directory.CommitteeOf(branch);
        var at = new PostPlaces(directory.PlantOf(unit.Department), unit.Department.Id, unit.Department.Name, unit.Crew?.Id, committee?.Id, branch?.Id, group?.Id);
        var posts = new List<StatedPost>();
        foreach (var (post, node) in RosterPosts.Administrative(unit.JobTitle, unit.Position, at)) Add(post, node, asOf);
        foreach (var (post, node) in RosterPosts.Party(facts.PartyPost, at, word => facts.Fail(K.PartyPost, F.UnknownPartyPost,
            $"党内职务“{word}”认不出来。可填：书记、副书记、组织委员等委员、小组长；党委的职务写“党委…”；多个职务用顿号隔开。")))
            Add(post, node, (node == committee?.Id ? committee.TermStartedOn : branch?.TermStartedOn) ?? asOf);
        return posts;

        void Add(string post, Guid node, DateOnly from)
        {
            if (!posts.Exists(held => held.Post == post && held.NodeId == node)) posts.Add(new(post, node, from < asOf ? from : asOf));
        }
    }

    static readonly List<StatedPost> NoPosts = [];

    /// <summary>The last day that a month or a year may mean.</summary>
    static DateOnly Last(PreciseDate date) => date.Precision switch
    {
        DatePrecision.Month => date.Value.AddMonths(1).AddDays(-1), DatePrecision.Year => date.Value.AddYears(1).AddDays(-1), _ => date.Value,
    };
}
