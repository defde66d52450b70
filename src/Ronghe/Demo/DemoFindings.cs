using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.People;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Files;

namespace Ronghe.Demo;

/// <summary>One act of the play: who, when, what.</summary>
public sealed record DemoAct(DateTimeOffset At, Guid? ById, Func<IServiceProvider, Task> Do);

/// <summary>Turns the written findings into acts of the people concerned, to be played in the order of time.</summary>
public sealed class DemoFindings(DemoContent content, DemoCalendar calendar, DemoCast cast, FindingRules rules, DateTimeOffset now)
{
    readonly Person _head = cast.Of(DemoCast.SafetyHead);
    readonly Dictionary<string, Guid> _firstAtPlace = [];

    public IEnumerable<DemoAct> All() => content.Story().SelectMany(Play).Concat(content.Recent().SelectMany(Play)).Where(act => act.At <= now);

    IEnumerable<DemoAct> Play(StoryFinding f, int index)
    {
        var id = IdOf(f.Key);
        var at = calendar.StoryDay(f.Day, new TimeOnly(14, 10)).AddMinutes(index * 3);
        var source = f.WithoutName ? FindingSource.NearMiss : f.OwnerNo is null ? FindingSource.Spontaneous : FindingSource.ThemeDay;
        yield return Report(id, cast.Of(f.FinderNo), at, f.Text, null, f.Place, source, urgent: false, f.WithoutName, withPhoto: index % 4 == 0);
        if (f.OwnerNo is null) yield break;
        var owner = cast.Of(f.OwnerNo);
        var verifier = f.VerifierNo is { } number ? cast.Of(number) : cast.In("100801", index);
        var assigned = at.AddHours(2);
        yield return Act(_head, assigned, id, (s, v) => s.GradeAsync(id, v, FindingGrade.General, null, "能立即整改"));
        yield return Act(_head, assigned.AddMinutes(2), id, (s, v) => s.AssignAsync(id, v,
            new FivePoints(owner.Id, calendar.Zero.AddDays(f.DueDay!.Value), owner.UnitId, "", "缺陷消除，运行正常", "按检修规程处理，改好前做好隔离和提示"), verifier.Id));
        var done = calendar.StoryDay(f.ClosedDay!.Value, new TimeOnly(10, 20)).AddMinutes(index);
        yield return Rectify(id, owner, done, "已处理，现场恢复正常", index % 4 == 0 ? f.Text : null);
        yield return Act(verifier, done.AddHours(4), id, (s, v) => s.VerifyAsync(id, v, "现场看过，合格"));
        yield return Act(_head, done.AddHours(6), id, (s, v) => s.CloseAsync(id, v, ""));
        if (index % 3 != 0) yield return Act(cast.Of(f.FinderNo), done.AddDays(1), id, (s, v) => s.ConfirmAsync(id, v, ""));
    }

    IEnumerable<DemoAct> Play(RecentFinding f, int index)
    {
        var id = IdOf(f.Id);
        var at = calendar.Ago(f.DaysAgo, f.Time);
        var reporter = cast.In(f.ReporterUnit, index);
        _firstAtPlace.TryAdd(f.Place, id);
        var withoutName = f.Path.Contains('N');
        yield return Report(id, reporter, at, f.Text, f.Place, "", withoutName ? FindingSource.NearMiss : SourceOf(index), f.Urgent, withoutName, withPhoto: true);
        var rectifier = f.Unit is { } unit ? cast.In(unit, index) : null;
        var verifier = cast.In("100801", index);
        var when = at.AddHours(2);
        if (rectifier is not null || f.Path == "G")
            yield return Act(_head, when, id, (s, v) => s.GradeAsync(id, v, GradeOf(f), f.Category, f.Grade == "重大" ? "对照判定标准，整改难度大，需停用设备" : "能立即整改"));
        if (f.Path == "J") yield return Act(_head, when, id, (s, v) => s.RejectAsync(id, v, f.Result!));
        if (f.Path == "M") yield return Act(_head, when, id, (s, v) => s.MergeAsync(id, v, _firstAtPlace[f.Place], "同一处、同一问题"));
        if (rectifier is null) yield break;
        var due = WorkCalendar.China.AddWorkdays(when.PlantDate(), rules.DaysFor(GradeOf(f)));
        yield return Act(_head, when.AddMinutes(3), id, (s, v) => s.AssignAsync(id, v,
            new FivePoints(rectifier.Id, due, rectifier.UnitId, "", f.Standard!, f.Measure!), verifier.Id));
        foreach (var act in PlayOn(f, id, reporter, rectifier, verifier, when, due)) yield return act;
    }

    IEnumerable<DemoAct> PlayOn(RecentFinding f, Guid id, Person reporter, Person rectifier, Person verifier, DateTimeOffset assigned, DateOnly due)
    {
        var path = f.Path;
        if (path.Contains('L')) yield return Act(_head, assigned.AddDays(1), id, (s, v) => s.ListForSupervisionAsync(id, v, "列入挂牌督办，每日报进展，整改前人工监测"));
        if (path.Contains('E')) yield return Act(_head, assigned.AddDays(2), id, (s, v) => s.ExtendAsync(id, v, WorkCalendar.China.AddWorkdays(due, 5), "外委车辆进场推迟，已设围挡和绕行标志"));
        if (!path.AsSpan().ContainsAny("XSVCKDHB")) yield break;
        var done = assigned.AddDays(2).AddHours(1);
        yield return Rectify(id, rectifier, done, f.Result!, f.Text);
        if (path.Contains('S')) yield return Act(verifier, done.AddDays(1), id, (s, v) => s.SendBackAsync(id, v, "试验按钮按下仍不跳，请更换后重做试验"));
        if (!path.AsSpan().ContainsAny("VCKDHB")) yield break;
        yield return Act(verifier, done.AddDays(1), id, (s, v) => s.VerifyAsync(id, v, "现场复核合格"));
        if (path.Contains('V')) yield break;
        var closed = done.AddDays(2);
        yield return Act(_head, closed, id, (s, v) => s.CloseAsync(id, v, ""));
        if (path.Contains('K')) yield return Act(reporter, closed.AddDays(1), id, (s, v) => s.ConfirmAsync(id, v, "看过了，已经好了"));
        if (path.Contains('D')) yield return Act(reporter, closed.AddDays(1), id, (s, v) => s.DisputeAsync(id, v, "验收牌换了，但北侧两根横杆仍松动"));
        if (path.Contains('H')) yield return Act(_head, closed.AddDays(9), id, (s, v) => s.RecheckAsync(id, v, true, "护罩完好"));
        if (path.Contains('B')) yield return Act(_head, closed.AddDays(9), id, (s, v) => s.RecheckAsync(id, v, false, "新放电缆后又留下一处孔洞未封"));
    }

    DemoAct Report(Guid id, Person by, DateTimeOffset at, string text, string? placeContentId, string place, FindingSource source, bool urgent, bool withoutName, bool withPhoto) =>
        new(at, by.Id, async services =>
        {
            var (db, me) = (services.GetRequiredService<AppDb>(), services.GetRequiredService<Me>());
            var placeId = placeContentId is null ? (Guid?)null : await db.Places.Where(p => p.ContentId == placeContentId && p.CompanyId == me.CompanyId).Select(p => p.Id).SingleAsync();
            var report = await services.GetRequiredService<FindingReporting>().CompleteAsync(text, placeId, place, urgent, source, at, withoutName);
            var photos = withPhoto ? await PaintAsync(services, id, me.CompanyId, text, isAfter: false, at) : [];
            await services.GetRequiredService<FindingActions>().ReportAsync(id, report, photos);
        });

    static DemoAct Rectify(Guid id, Person by, DateTimeOffset at, string note, string? photoOf) => new(at, by.Id, async services =>
    {
        IReadOnlyList<StoredFile> photos = photoOf is null ? [] : await PaintAsync(services, id, services.GetRequiredService<Me>().CompanyId, photoOf, isAfter: true, at);
        await services.GetRequiredService<FindingActions>().RectifyAsync(id, await VersionAsync(services, id), note, photos);
    });

    static DemoAct Act(Person by, DateTimeOffset at, Guid id, Func<FindingActions, int, Task> act) => new(at, by.Id, async services =>
        await act(services.GetRequiredService<FindingActions>(), await VersionAsync(services, id)));

    static Task<int> VersionAsync(IServiceProvider services, Guid id) =>
        services.GetRequiredService<AppDb>().Findings.Where(f => f.Id == id).Select(f => f.Version).SingleAsync();

    static async Task<IReadOnlyList<StoredFile>> PaintAsync(IServiceProvider services, Guid id, Guid companyId, string text, bool isAfter, DateTimeOffset at)
    {
        var stamp = at.ToPlant().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var seed = BitConverter.ToUInt16(id.ToByteArray());
        using var photo = new MemoryStream(PhotoPainter.Paint(PhotoPainter.SceneFor(text), isAfter, seed, stamp));
        return [await services.GetRequiredService<PhotoActions>().AddAsync(photo, isAfter ? "整改后.png" : "现场.png", new FileOwner(FindingActions.Kind, id, companyId))];
    }

    static FindingGrade GradeOf(RecentFinding f) => f.Grade == "重大" ? FindingGrade.Major : FindingGrade.General;

    static FindingSource SourceOf(int index) => (index % 5) switch
    {
        0 => FindingSource.Watch, 1 => FindingSource.Spontaneous, 2 => FindingSource.Routine, 3 => FindingSource.SpotCheck, _ => FindingSource.Spontaneous,
    };

    /// <summary>The same key gives the same id in every installation, so that loading twice stores once.</summary>
    static Guid IdOf(string key)
    {
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("ronghe.demo." + key), hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
