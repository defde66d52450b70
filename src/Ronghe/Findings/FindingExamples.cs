using Ronghe.Platform.Web.Api;

namespace Ronghe.Findings;

/// <summary>Examples of the requests, as the interface description shows them.</summary>
static class FindingExamples
{
    public static IServiceCollection AddFindingExamples(this IServiceCollection services)
    {
        foreach (var example in All) services.AddSingleton(example);
        return services;
    }

    static readonly ApiExample[] All =
    [
        new(typeof(ReportRequest), """
            {"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5a60","description":"2 号炉给煤机平台护栏松动，焊口开裂约 3 cm","place":"锅炉 8 米层","urgent":false,"source":"spontaneous","withoutName":false}
            """),
        new(typeof(GradingRequest), """{"version":1,"grade":"general","categoryId":"HC03-01","basis":"可立即整改（YH-02）"}"""),
        new(typeof(AssignmentRequest), """
            {"version":2,"personId":"0199a0c4-6f00-7a11-8b02-9c1d2c4b5a61","dueOn":"2026-11-19","unitId":"0199a0c4-7000-7b22-9c03-1d2e3f405162","duty":"锅炉班负责补焊","standard":"护栏承受水平推力无位移，焊缝饱满","measure":"补焊并加装斜撑，整改期间设警戒带","verifierId":null}
            """),
        new(typeof(NoteRequest), """{"version":3,"note":"已补焊并加装斜撑"}"""),
        new(typeof(ReasonRequest), """{"version":4,"reason":"焊缝仍不饱满，请重新补焊"}"""),
        new(typeof(ExtensionRequest), """{"version":3,"until":"2026-11-26","reason":"备件未到，已设围栏隔离"}"""),
        new(typeof(MergerRequest), """{"version":1,"intoId":"0199a0c4-8000-7c33-8d04-2e3f40516273","reason":"同一处护栏"}"""),
        new(typeof(RecheckRequest), """{"version":7,"held":true,"note":"现场完好"}"""),
    ];
}
