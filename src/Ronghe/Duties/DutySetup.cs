using Ronghe.Duties.Calendar;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Web;

namespace Ronghe.Duties;

public static class DutySetup
{
    public static IServiceCollection AddDuties(this IServiceCollection services, string contentFolder)
    {
        foreach (var kind in OrganisationSubjects.All) services.AddSingleton(kind);
        return services
            .AddSingleton(DutyPack.Load(contentFolder))
            .AddScoped<DutyRulebook>()
            .AddScoped<DutyDues>()
            .AddScoped<DutyWeek>()
            .AddScoped<DutyCalendar>()
            .AddScoped<DutyDigest>()
            .AddSingleton(DutyDigest.Kind)
            .AddSingleton(DutyCalendar.Source)
            .AddScoped<DutyCoverage>()
            .AddScoped<DutyActions>()
            .AddDutyExamples()
            .AddCalendar()
            .AddSingleton(new MenuEntry("", "我的一周", "calendar-week", "/week", DutyPermissions.View))
            .AddSingleton(new MenuEntry("闭环", "履职覆盖", "checklist", "/duties", DutyPermissions.Oversee))
            .AddSingleton(new MenuEntry("系统", "履职义务规则", "calendar-cog", "/duties/rules", DutyPermissions.View))
            .AddJournalSubjects(
            [
                new(DutyRulebook.Kind, "履职义务规则", new Dictionary<string, string> { [DutyRulebook.Kind + ".changed"] = "调整" }) { Record = typeof(DutyRule), Href = _ => "/duties/rules" },
                new(DutyActions.Kind, "本期不适用", new Dictionary<string, string> { [DutyActions.Kind + ".given"] = "登记", [DutyActions.Kind + ".withdrawn"] = "撤回" })
                { Record = typeof(DutyExcuse), Href = _ => "/duties" },
            ]);
    }

    public static void GrantDuties(this PostRights rights)
    {
        const string oversee = DutyPermissions.Oversee, configure = DutyPermissions.Configure;
        rights.Define(DutyPermissions.All)
            .GrantEveryone(DutyPermissions.View)
            .Grant(Posts.PlantHead, oversee)
            .Grant(Posts.DeputyHead, oversee)
            .Grant(Posts.SafetyOfficer, oversee, configure)
            .Grant(Posts.PartyAffairs, oversee, configure)
            .Grant(Posts.Discipline, oversee)
            .Grant(Posts.CommitteeSecretary, oversee)
            .Grant(Posts.Secretary, oversee)
            .Grant(Posts.DeputySecretary, oversee);
    }
}
