using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Organisation;

/// <summary>Examples of the requests, as the interface description shows them.</summary>
static class OrganisationExamples
{
    public static IServiceCollection AddOrganisationExamples(this IServiceCollection services)
    {
        foreach (var example in All) services.AddSingleton(example);
        return services;
    }

    static readonly ApiExample[] All =
    [
        new(typeof(NewNodeRequest), """
            {"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5a60","name":"运行六值","code":"100206","parentId":"0199a0c4-7000-7b22-9c03-1d2e3f405162","unitKind":"crew"}
            """),
        new(typeof(NameRequest), """{"version":1,"name":"发电运行部"}"""),
        new(typeof(SuperiorRequest), """{"version":2,"parentId":"0199a0c4-7000-7b22-9c03-1d2e3f405162"}"""),
        new(typeof(MergerRequest), """{"version":2,"intoId":"0199a0c4-7000-7b22-9c03-1d2e3f405162"}"""),
        new(typeof(CoverageRequest), """{"version":1,"unitIds":["0199a0c4-7000-7b22-9c03-1d2e3f405162"]}"""),
        new(typeof(VersionRequest), """{"version":3}"""),
        new(typeof(NewPersonRequest), """
            {"id":"0199a0c4-6f00-7a11-8b02-9c1d2c4b5a61","number":"000481","unitId":"0199a0c4-7000-7b22-9c03-1d2e3f405162","facts":{"name":"程志远","gender":"男","bornOn":"1990-10-01","position":"主值班员","workStartedOn":"2012-07-10","politicalStatus":"full","phone":"19900001234"}}
            """),
        new(typeof(FactsRequest), """{"version":1,"facts":{"name":"程志远","position":"值长","politicalStatus":"full"}}"""),
        new(typeof(UnitRequest), """{"version":1,"unitId":"0199a0c4-7000-7b22-9c03-1d2e3f405162"}"""),
        new(typeof(DepartureRequest), """{"version":2,"on":"2026-11-19"}"""),
        new(typeof(AppointmentRequest), """
            {"personId":"0199a0c4-6f00-7a11-8b02-9c1d2c4b5a61","nodeId":"0199a0c4-7000-7b22-9c03-1d2e3f405162","post":"department-head","from":"2026-11-20","to":null}
            """),
        new(typeof(TerminationRequest), """{"version":1,"on":"2026-12-31"}"""),
        new(typeof(NewPlaceRequest), """
            {"level":"equipment","name":"#1炉给煤机（12.6m层）","code":"CL-GL-04","parentId":"0199a0c4-8000-7c33-8d04-2e3f40516273","kks":"10HFB10","aliases":["给煤机"]}
            """),
        new(typeof(PlaceFactsRequest), """{"version":1,"kks":"10HFB10","unitId":"0199a0c4-7000-7b22-9c03-1d2e3f405162","aliases":["给煤机","#1炉12.6m"]}"""),
    ];
}
