using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Search;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Api;

namespace Ronghe.PartyLife.Meetings;

public static class MeetingSetup
{
    const string Id = "0199a0c4-5b7e-7c31-9a52-3f1d2c4b5f10", Item = "0199a0c4-5b7e-7c31-9a52-3f1d2c4b5f11", Person = "0199a0c4-6f00-7a11-8b02-9c1d2c4b5a61", Other = "0199a0c4-6f00-7a11-8b02-9c1d2c4b5a62";
    const string Plan = $$"""{"title":"11 月支委会","at":"2026-11-26T15:00:00+08:00","minutes":90,"place":"党员活动室","chairId":"{{Person}}","recorderId":"{{Other}}","lecturerId":null}""";

    static readonly ApiExample[] Examples =
    [
        new(typeof(MeetingPlanRequest), $$"""{"id":"{{Id}}","type":"CommitteeMeeting","bodyId":"0199a0c4-7000-7b22-9c03-1d2e3f405162","plan":{{Plan}},"usualAgenda":true}"""),
        new(typeof(MeetingRestateRequest), $$$"""{"version":1,"plan":{{{Plan}}}}"""),
        new(typeof(MeetingVersion), """{"version":1}"""),
        new(typeof(MeetingReasonRequest), """{"version":2,"reason":"主持人临时外出"}"""),
        new(typeof(AgendaItemRequest), $$"""{"version":1,"id":"{{Item}}","title":"本月隐患和违章分析","kind":"AK-02","tags":[],"special":false,"about":null}"""),
        new(typeof(ItemRecordRequest), """{"version":4,"discussed":true,"discussion":"给煤机断煤 3 次，都在夜班","outcome":"夜班加装振打，月底前完成"}"""),
        new(typeof(AnnouncementRequest), """{"version":2,"despiteClashes":false}"""),
        new(typeof(GuestsRequest), $$"""{"version":2,"people":["{{Other}}"]}"""),
        new(typeof(ExemptionRequest), $$"""{"version":2,"personId":"{{Other}}","reason":"外出半年以上，已报上级同意"}"""),
        new(typeof(AttendanceRequest), $$"""{"state":"present","people":["{{Person}}"],"rest":false,"reason":null}"""),
        new(typeof(LeaveRequest), """{"reason":"当班"}"""),
        new(typeof(CheckInRequest), """{"code":"7KD2MX9P"}"""),
        new(typeof(OpeningRequest), """{"version":3,"from":"2026-11-20T09:00:00+08:00","lateReason":null}"""),
        new(typeof(VoteRequest), $$"""{"version":5,"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5f12","itemId":"{{Item}}","formula":"VF-04","matter":"同意责任区调整方案","yes":4,"no":0,"abstain":1}"""),
        new(typeof(ResolutionRequest), $$$"""
            {"version":6,"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5f13","itemId":"{{{Item}}}","text":"夜班给煤机加装振打装置","task":{"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5f14","ownerId":"{{{Other}}}","dueOn":"2026-12-18","requirement":"两台都装好，试转一周","confirmerId":null}}
            """),
        new(typeof(MinutesRequest), """{"version":8,"until":"2026-11-20T10:30:00+08:00","conclusion":""}"""),
        new(typeof(CorrectionRequest), """{"version":9,"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5f15","what":"第 1 项决议的期限","text":"应为 12 月 28 日，记录时写错"}"""),
    ];

    public static IServiceCollection AddMeetings(this IServiceCollection services, string contentFolder)
    {
        foreach (var example in Examples) services.AddSingleton(example);
        foreach (var evidence in MeetingDuties.All) services.AddSingleton(evidence);
        return services
            .AddSingleton(_ => MeetingPack.Load(contentFolder))
            .AddScoped<MeetingAccess>().AddScoped<MeetingDoor>().AddScoped<MeetingRulebook>().AddScoped<MeetingInvitations>().AddScoped<MeetingClashes>()
            .AddScoped<MeetingActions>().AddScoped<MeetingSitting>().AddScoped<MeetingRecording>().AddScoped<MeetingQueries>().AddScoped<MeetingDetails>().AddScoped<AgendaShares>().AddScoped<MeetingChoices>().AddScoped<MeetingCodes>()
            .AddScoped<MeetingNotices>().AddScoped<MeetingWork>().AddScoped<MeetingCalendar>()
            .AddSingleton(MeetingDuties.Measures).AddSingleton(MeetingWork.Source).AddSingleton(MeetingCalendar.Source)
            .AddSingleton(new MenuEntry("党的生活", "会议", "users-group", "/meetings", MeetingPermissions.Use))
            .AddSingleton(new MenuEntry("党的生活", "议题占比", "chart-bar", "/meetings/share", MeetingPermissions.View))
            .AddSingleton(new MenuEntry("系统", "会议规则", "gavel", "/meetings/rules", MeetingPermissions.Use))
            .AddSingleton(new LinkedKind(MeetingActions.Kind, (scope, id, cancel) =>
                scope.GetRequiredService<MeetingAccess>().Visible().Where(meeting => meeting.Id == id).Select(meeting => meeting.Title).SingleOrDefaultAsync(cancel)))
            .AddSingleton(new PickerSource("agenda-subjects", "记录", AgendaSubjects.FindAsync))
            .AddSingleton(new SearchSource(50, "会议", "users-group", async (http, q, most, cancel) => [.. (await http.RequestServices.GetRequiredService<MeetingQueries>().FindAsync(q, most, cancel))
                .Select(row => new SearchHit($"/meetings/{row.Id}", row.Title, $"{row.Body} · {row.At.PlantDate().Say()}", (row.Status.Badge(), row.Status.Title())))]) { More = q => "/meetings?q=" + Uri.EscapeDataString(q) })
            .AddJournalSubjects(MeetingJournal.Subjects)
            .AddNoticesOf(MeetingNotices.Kinds, MeetingNotices.Source);
    }

    /// <summary>What each post may do with meetings by default.</summary>
    public static void GrantMeetings(this PostRights rights)
    {
        const string view = MeetingPermissions.View, party = MeetingPermissions.Party, work = MeetingPermissions.Work;
        rights.Define(MeetingPermissions.All).GrantEveryone(MeetingPermissions.Use);
        foreach (var post in (string[])[Posts.CommitteeSecretary, Posts.Secretary, Posts.DeputySecretary]) rights.Grant(post, view, party, work);
        rights
            .Grant(Posts.CommitteeMember, view)
            .Grant(Posts.GroupLead, view, party)
            .Grant(Posts.PartyAffairs, view, party, work, MeetingPermissions.Configure)
            .Grant(Posts.Discipline, view)
            .Grant(Posts.PlantHead, view, work)
            .Grant(Posts.DeputyHead, view, work)
            .Grant(Posts.DepartmentHead, view, work)
            .Grant(Posts.CrewLead, work)
            .Grant(Posts.SafetyOfficer, work)
            .Grant(Posts.UnionRepresentative, work);
    }
}
