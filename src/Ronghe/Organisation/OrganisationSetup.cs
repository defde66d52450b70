using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.Counts;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Lists;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation;

public static class OrganisationSetup
{
    public static IServiceCollection AddOrganisation(this IServiceCollection services) => services
        .AddJournalSubjects(OrganisationEvents.Subjects)
        .AddScoped<OrganisationAccess>().AddScoped<OrganisationJournal>().AddScoped<RecordHistory>()
        .AddScoped<TreeClosure>().AddScoped<TreeActions>().AddScoped<TreeQueries>().AddScoped<NodeDetails>()
        .AddScoped<UnitCounts>().AddScoped<CountKeeping>().AddScoped<CountCheck>().AddFollower(CountKeeping.Follower)
        .AddScoped<UnitActions>().AddScoped<PartyOrganisationActions>()
        .AddScoped<PeopleActions>().AddScoped<PeopleQueries>().AddScoped<PeopleChoices>().AddScoped<PersonDetails>()
        .AddScoped<AppointmentActions>().AddScoped<Administrators>()
        .AddScoped<PlaceActions>().AddScoped<PlaceQueries>().AddScoped<PlaceWords>().AddScoped<PlacePack>()
        .AddSingleton(new MenuEntry("组织", "组织机构", "sitemap", "/units", OrganisationPermissions.View))
        .AddSingleton(new MenuEntry("组织", "人员", "users", "/people", OrganisationPermissions.View))
        .AddSingleton(new MenuEntry("组织", "地点与设备", "map-pin", "/places", OrganisationPermissions.View))
        .AddSingleton(new ListDescription("people", "人员", "/people", OrganisationPermissions.View, ["工号", "岗位", "任职", "政治面貌"]))
        .AddOrganisationPickers()
        .AddOrganisationSearch()
        .AddOrganisationExamples();

    public static void MapOrganisationApi(this IEndpointRouteBuilder routes)
    {
        routes.MapUnitApi();
        routes.MapPeopleApi();
        routes.MapAppointmentApi();
        routes.MapPlaceApi();
    }

    /// <summary>
    /// What each post may do by default. Everyone sees the organisation; personal facts are for those who lead people or look after
    /// them; changing the roster, the trees and the places is the system administrator's, giving posts the security administrator's.
    /// </summary>
    public static void GrantOrganisation(this PostRights rights)
    {
        rights.Define(OrganisationPermissions.All).GrantEveryone(OrganisationPermissions.View);
        foreach (var post in (string[])[
            Posts.PlantHead, Posts.DeputyHead, Posts.DepartmentHead, Posts.DepartmentDeputy, Posts.CrewLead,
            Posts.PartyAffairs, Posts.CommitteeSecretary, Posts.Secretary, Posts.DeputySecretary])
            rights.Grant(post, OrganisationPermissions.PersonalFacts);
        rights
            .Grant(Posts.SystemAdministrator, OrganisationPermissions.ManageUnits, OrganisationPermissions.ManagePeople, OrganisationPermissions.ManagePlaces)
            .Grant(Posts.SecurityAdministrator, OrganisationPermissions.ManageAppointments);
    }
}
