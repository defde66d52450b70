using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Organisation.People;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Appointments;

/// <summary>Posts for programs. The answer to a change is the person with all posts and rights as they are now.</summary>
public static class AppointmentApi
{
    public static void MapAppointmentApi(this IEndpointRouteBuilder routes)
    {
        var appointments = routes.MapGroup("/api/v1/appointments").WithTags("任职").Requires(OrganisationPermissions.ManageAppointments);
        appointments.MapGet("/posts", Posts).Requires(OrganisationPermissions.View).WithSummary("可以任的职务，和每个职务带来的权限");
        appointments.MapPost("/", AppointAsync).WithSummary("任职；不能给自己任职，三员只能在服务器上任免；id 由调用方生成（UUIDv7），重复发送只办一次");
        appointments.MapPost("/{id:guid}/termination", EndAsync).WithSummary("卸任；on 是最后一天，次日起没有权限");
    }

    static Ok<IReadOnlyList<PostAnswer>> Posts(Access.PostRights rights) =>
        TypedResults.Ok<IReadOnlyList<PostAnswer>>([.. Appointments.Posts.All.Select(post => new PostAnswer(post.Key, post.Title, post.Tree, rights.TitlesOf(post.Key)))]);

    static async Task<Created<PersonAnswer>> AppointAsync(AppointmentRequest request, AppointmentActions appointments, PersonDetails people, CancellationToken cancel)
    {
        await appointments.AppointAsync(new(request.PersonId, request.NodeId, request.Post, request.From, request.To) { Id = request.Id ?? Guid.CreateVersion7() }, cancel);
        return TypedResults.Created($"/api/v1/people/{request.PersonId}", PersonAnswer.Of(await people.FindAsync(request.PersonId, cancel)));
    }

    static async Task<Ok<PersonAnswer>> EndAsync(Guid id, TerminationRequest request, AppointmentActions appointments, PersonDetails people, CancellationToken cancel)
    {
        var person = await appointments.EndAsync(id, request.On, request.Version, cancel);
        return TypedResults.Ok(PersonAnswer.Of(await people.FindAsync(person, cancel)));
    }
}

public sealed record PostAnswer([property: Description("例如：department-head")] string Key, string Title, PostTree Tree, IReadOnlyList<string> Rights);

public sealed record AppointmentRequest(
    [property: Description("由调用方生成的 UUIDv7，可不给")] Guid? Id, Guid PersonId, [property: Description("单位；党内职务给党组织")] Guid NodeId,
    [property: Description("职务的键，见 /appointments/posts")] string Post, DateOnly From, [property: Description("最后一天；不给就一直到卸任")] DateOnly? To);

public sealed record TerminationRequest([property: Description("任职的版本")] int Version, [property: Description("最后一天")] DateOnly On);
