using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.People;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Files;

namespace Ronghe.Demo;

/// <summary>Turns the written findings into acts of the people concerned, to be played in the order of time.</summary>
public sealed class DemoFindings(DemoContent content, DemoCalendar calendar, DemoCast cast, FindingRules rules, DemoAlbum album)
{
    readonly Person _head = cast.Of(DemoCast.SafetyHead);
    readonly Dictionary<string, Guid> _firstAtPlace = [];

    public IEnumerable<DemoAct> All() => content.Story().SelectMany(Play).Concat(content.Recent().SelectMany(Play));

    IEnumerable<DemoAct> Play(StoryFinding f, int index)
    {
        var id = DemoAct.IdOf(f.Key);
        var at = calendar.StoryDay(f.Day, new TimeOnly(14, 10)).AddMinutes(index * 3);
        var source = f.WithoutName ? FindingSource.NearMiss : f.OwnerNo is null ? FindingSource.Spontaneous : FindingSource.ThemeDay;
        var hasPhoto = index % 4 == 0;
        yield return new(at, cast.Of(f.FinderNo).Id, Report(id, at, f.Text, null, f.Place, source, urgent: false, f.WithoutName, hasPhoto));
        if (f.OwnerNo is null) yield break;
        var owner = cast.Of(f.OwnerNo);
        var verifier = f.VerifierNo is { } number ? cast.Of(number) : cast.In("100801", index);
        var assigned = at.AddHours(2);
        yield return Act(_head, assigned, id, (s, v) => s.GradeAsync(id, v, FindingGrade.General, null, "能立即整改"));
        yield return Act(_head, assigned.AddMinutes(2), id, (s, v) => s.AssignAsync(id, v,
            new FivePoints(owner.Id, calendar.Zero.AddDays(f.DueDay!.Value), owner.UnitId, "", "缺陷消除，运行正常", "按检修规程处理，改好前做好隔离和提示"), verifier.Id));
        var done = calendar.StoryDay(f.ClosedDay!.Value, new TimeOnly(10, 20)).AddMinutes(index);
        yield return new(done, owner.Id, Rectify(id, done, () => "已处理，现场恢复正常", hasPhoto ? f.Text : null));
        yield return Act(verifier, done.AddHours(4), id, (s, v) => s.VerifyAsync(id, v, "现场看过，合格"));
        yield return Act(_head, done.AddHours(6), id, (s, v) => s.CloseAsync(id, v, ""));
        if (index % 3 != 0) yield return Act(cast.Of(f.FinderNo), done.AddDays(1), id, (s, v) => s.ConfirmAsync(id, v, ""));
    }

    IEnumerable<DemoAct> Play(RecentFinding f, int index)
    {
        var id = DemoAct.IdOf(f.Id);
        var at = calendar.Ago(f.DaysAgo, f.Time);
        var reporter = cast.In(f.ReporterUnit, index);
        _firstAtPlace.TryAdd(f.Place, id);
        var withoutName = f.Path.Contains('N');
        var source = withoutName ? FindingSource.NearMiss : SourceOf(index);
        var report = Report(id, at, f.Text, f.Place, "", source, f.Urgent, withoutName, withPhoto: true);
        yield return source == FindingSource.Watch
            ? DemoAct.Of(at, async db => await DemoWatch.OnDutyAsync(db, cast.Unit(f.ReporterUnit), at.PlantDate()) ?? reporter.Id, report)
            : new(at, reporter.Id, report);
        if (f.Path == "M") yield return Act(_head, at.AddHours(2), id, (s, v) => s.MergeAsync(id, v, _firstAtPlace[f.Place], "同一处、同一问题"));
        else foreach (var act in Course(id, f.Path, at, index, () => f, hasPhoto: true)) yield return act;
    }

    /// <summary>What becomes of a finding once it is reported.</summary>
    /// <param name="id">Of the finding.</param>
    /// <param name="path">How far it goes, a letter for each act.</param>
    /// <param name="reported">When.</param>
    /// <param name="index">Chooses among the people of a unit.</param>
    /// <param name="read">What it is; read when it is time, for a spot check learns it only on the spot.</param>
    /// <param name="hasPhoto">Whether it was photographed, so that the repair is too.</param>
    /// <param name="isIndependent">Found by a patrol: the head of the plant hands it out, the patrol closes it.</param>
    public IEnumerable<DemoAct> Course(Guid id, string path, DateTimeOffset reported, int index, Func<FindingCourse> read, bool hasPhoto = false, bool isIndependent = false)
    {
        var head = isIndependent ? cast.Of(DemoCast.PlantHead) : _head;
        var when = reported.AddHours(2);
        if (path == "J") yield return Act(head, when, id, (s, v) => s.RejectAsync(id, v, read().Result!));
        if (path is "R" or "J") yield break;
        yield return Act(head, when, id, (s, v) => s.GradeAsync(id, v, GradeOf(read()), read().Category, read().Grade == "重大" ? "对照判定标准，整改难度大，需停用设备" : "能立即整改"));
        if (path == "G") yield break;
        var assigned = when.AddMinutes(3);
        yield return Act(head, assigned, id, (s, v) => s.AssignAsync(id, v, PointsOf(read(), when, index), VerifierOf(read(), index).Id));
        if (path.Contains('L')) yield return Act(head, when.AddDays(1), id, (s, v) => s.ListForSupervisionAsync(id, v, "列入挂牌督办，每日报进展，整改前人工监测"));
        if (path.Contains('E')) yield return Act(head, when.AddDays(2), id, (s, v) => s.ExtendAsync(id, v, WorkCalendar.China.AddWorkdays(DueOf(read(), when), 5), "外委车辆进场推迟，已设围挡和绕行标志"));
        if (!path.AsSpan().ContainsAny("XSVCKDHB")) yield break;
        var done = when.AddDays(2).AddHours(1);
        yield return DemoAct.Of(done, Rectifier(id), Rectify(id, done, () => read().Result!, hasPhoto ? read().Text : null));
        foreach (var act in AfterRepair(id, path, done, isIndependent)) yield return act;
    }

    IEnumerable<DemoAct> AfterRepair(Guid id, string path, DateTimeOffset done, bool isIndependent = false)
    {
        if (path.Contains('S')) yield return Act(Verifier(id), done.AddDays(1), id, (s, v) => s.SendBackAsync(id, v, "试验按钮按下仍不跳，请更换后重做试验"));
        if (!path.AsSpan().ContainsAny("VCKDHB")) yield break;
        yield return Act(Verifier(id), done.AddDays(1), id, (s, v) => s.VerifyAsync(id, v, "现场复核合格"));
        if (path.Contains('V')) yield break;
        var closed = done.AddDays(2);
        yield return isIndependent ? Act(Reporter(id), closed, id, (s, v) => s.CloseAsync(id, v, "")) : Act(_head, closed, id, (s, v) => s.CloseAsync(id, v, ""));
        if (path.Contains('K')) yield return Act(Reporter(id), closed.AddDays(1), id, (s, v) => s.ConfirmAsync(id, v, "看过了，已经好了"));
        if (path.Contains('D')) yield return Act(Reporter(id), closed.AddDays(1), id, (s, v) => s.DisputeAsync(id, v, "验收牌换了，但北侧两根横杆仍松动"));
        if (path.Contains('H')) yield return Act(_head, closed.AddDays(9), id, (s, v) => s.RecheckAsync(id, v, true, "护罩完好"));
        if (path.Contains('B')) yield return Act(_head, closed.AddDays(9), id, (s, v) => s.RecheckAsync(id, v, false, "新放电缆后又留下一处孔洞未封"));
    }

    FivePoints PointsOf(FindingCourse f, DateTimeOffset when, int index)
    {
        var rectifier = cast.In(f.Unit!, index);
        return new(rectifier.Id, DueOf(f, when), rectifier.UnitId, "", f.Standard!, f.Measure!);
    }

    DateOnly DueOf(FindingCourse f, DateTimeOffset when) => WorkCalendar.China.AddWorkdays(when.PlantDate(), rules.DaysFor(GradeOf(f)));

    /// <summary>The safety officers in turn; what their own department has to put right is verified by the union.</summary>
    Person VerifierOf(FindingCourse f, int index) => cast.In(f.Unit!.StartsWith("1008", StringComparison.Ordinal) ? "101301" : "100801", index);

    public Func<IServiceProvider, Task> Report(Guid id, DateTimeOffset at, string text, string? placeContentId, string place, FindingSource source, bool urgent, bool withoutName, bool withPhoto)
    {
        var photo = withPhoto ? album.Order(id, text, isAfter: false, at) : null;
        return async services =>
        {
            var (me, placeId) = (services.GetRequiredService<Me>(), await PlaceAsync(services, placeContentId));
            var report = await services.GetRequiredService<FindingReporting>().CompleteAsync(text, placeId, place, urgent, source, at, withoutName);
            await services.GetRequiredService<FindingActions>().ReportAsync(id, report, await TakeInAsync(services, photo, "现场.png", id, me.CompanyId));
        };
    }

    public static async Task<Guid?> PlaceAsync(IServiceProvider services, string? contentId) => contentId is null ? null
        : await services.GetRequiredService<AppDb>().Places.Where(p => p.ContentId == contentId).Select(p => p.Id).SingleAsync();

    Func<IServiceProvider, Task> Rectify(Guid id, DateTimeOffset at, Func<string> note, string? photoOf)
    {
        var photo = photoOf is null ? null : album.Order(id, photoOf, isAfter: true, at);
        return async services =>
        {
            var photos = await TakeInAsync(services, photo, "整改后.png", id, services.GetRequiredService<Me>().CompanyId);
            await services.GetRequiredService<FindingActions>().RectifyAsync(id, await DemoAct.VersionAsync<Finding>(services, id), note(), photos);
        };
    }

    static async Task<IReadOnlyList<StoredFile>> TakeInAsync(IServiceProvider services, DemoPhoto? photo, string name, Guid id, Guid companyId)
    {
        if (photo is null) return [];
        return [await services.GetRequiredService<PhotoActions>().AddAsync(await photo.TakeAsync(), name, new FileOwner(FindingActions.Kind, id, companyId))];
    }

    static DemoAct Act(Person by, DateTimeOffset at, Guid id, Func<FindingActions, int, Task> act) => new(at, by.Id, Acting(id, act));

    static DemoAct Act(Func<AppDb, Task<Guid?>> findBy, DateTimeOffset at, Guid id, Func<FindingActions, int, Task> act) => DemoAct.Of(at, findBy, Acting(id, act));

    static Func<IServiceProvider, Task> Acting(Guid id, Func<FindingActions, int, Task> act) => async services =>
        await act(services.GetRequiredService<FindingActions>(), await DemoAct.VersionAsync<Finding>(services, id));

    static Func<AppDb, Task<Guid?>> Reporter(Guid id) => db => db.Findings.Where(f => f.Id == id).Select(f => f.ReporterId).SingleAsync();
    static Func<AppDb, Task<Guid?>> Rectifier(Guid id) => db => db.Findings.Where(f => f.Id == id).Select(f => f.RectifierId).SingleAsync();
    static Func<AppDb, Task<Guid?>> Verifier(Guid id) => db => db.Findings.Where(f => f.Id == id).Select(f => f.VerifierId).SingleAsync();

    static FindingGrade GradeOf(FindingCourse f) => f.Grade == "重大" ? FindingGrade.Major : FindingGrade.General;

    static FindingSource SourceOf(int index) => (index % 5) switch
    {
        0 => FindingSource.Watch, 2 => FindingSource.Routine, _ => FindingSource.Spontaneous,
    };
}
