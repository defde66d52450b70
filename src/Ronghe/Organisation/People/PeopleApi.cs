using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.People;

/// <summary>People for programs: lists hold business facts; personal facts come with one person, for those who may see them.</summary>
public static class PeopleApi
{
    public static void MapPeopleApi(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/api/v1/people").WithTags("人员").Requires(OrganisationPermissions.View);
        people.MapGet("/", ListAsync).WithSummary("人员，按工号排列，用 after 翻页；q 按姓名、拼音、拼音首字母或工号查找");
        people.MapGet("/{id:guid}", FindAsync).WithSummary("一个人：岗位、任职及其权限、党组织关系；个人信息只给有权看的人");
        people.MapPost("/", AddAsync).Requires(OrganisationPermissions.ManagePeople).WithSummary("新建人员；id 由调用方生成（UUIDv7），重复发送只建一个");
        people.MapPut("/{id:guid}/facts", ChangeAsync).Requires(OrganisationPermissions.ManagePeople).WithSummary("修改资料；没有给的项目变为空");
        people.MapPut("/{id:guid}/unit", MoveAsync).Requires(OrganisationPermissions.ManagePeople).WithSummary("调动到另一个单位");
        people.MapPost("/{id:guid}/departure", LeaveAsync).Requires(OrganisationPermissions.ManagePeople).WithSummary("离开；任职同时结束");
    }

    static async Task<Ok<Paged<PersonRow>>> ListAsync([AsParameters] PeopleListRequest request, PeopleQueries people, CancellationToken cancel) =>
        TypedResults.Ok(await people.ListAsync(request.ToFilter(), cancel));

    static async Task<Ok<PersonAnswer>> FindAsync(Guid id, PersonDetails details, CancellationToken cancel) =>
        TypedResults.Ok(PersonAnswer.Of(await details.FindAsync(id, cancel)));

    static async Task<Created<PersonAnswer>> AddAsync(NewPersonRequest request, PeopleActions people, PersonDetails details, CancellationToken cancel)
    {
        var id = await people.AddAsync(new(request.Number, request.Facts.ToFacts(request.UnitId)) { Id = request.Id ?? Guid.CreateVersion7() }, cancel);
        return TypedResults.Created($"/api/v1/people/{id}", PersonAnswer.Of(await details.FindAsync(id, cancel)));
    }

    static Task<Ok<PersonAnswer>> ChangeAsync(Guid id, FactsRequest request, PeopleActions people, PersonDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, people.ChangeAsync(id, request.Facts.ToFacts(default), request.Version, cancel), cancel);

    static Task<Ok<PersonAnswer>> MoveAsync(Guid id, UnitRequest request, PeopleActions people, PersonDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, people.MoveAsync(id, request.UnitId, request.Version, cancel), cancel);

    static Task<Ok<PersonAnswer>> LeaveAsync(Guid id, DepartureRequest request, PeopleActions people, PersonDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, people.LeaveAsync(id, request.On, request.Version, cancel), cancel);

    /// <summary>The act, then the person as they are now, with what may be done next.</summary>
    static async Task<Ok<PersonAnswer>> AnswerAsync(Guid id, PersonDetails details, Task act, CancellationToken cancel)
    {
        await act;
        return TypedResults.Ok(PersonAnswer.Of(await details.FindAsync(id, cancel)));
    }
}

/// <summary>A person with everything that their page shows this caller.</summary>
public sealed record PersonAnswer(
    Guid Id, int Version, [property: Description("工号，保留前面的 0")] string Number, string Name, Guid UnitId,
    [property: Description("从公司到所在单位")] IReadOnlyList<NodeLink> Path, string Gender, string Position, string JobTitle, string EmploymentKind,
    DateOnly? WorkStartedOn, string Education, string Qualification, PoliticalStatus PoliticalStatus, DateOnly? LeftOn,
    [property: Description("无权查看时为空")] PersonalFacts? Personal, IReadOnlyList<AppointmentAnswer> Appointments,
    IReadOnlyList<MembershipRow> Memberships, [property: Description("您现在能办的事")] IReadOnlyList<string> Acts)
{
    public static PersonAnswer Of(PersonDetail person) => new(
        person.Id, person.Version, person.Number, person.Name, person.UnitId, person.Path, person.Gender, person.Position, person.JobTitle,
        person.EmploymentKind, person.WorkStartedOn, person.Education, person.Qualification, person.PoliticalStatus, person.LeftOn, person.Personal,
        [.. person.Appointments.Select(AppointmentAnswer.Of)], person.Memberships, person.Acts.Possible);
}

/// <summary>A post with the rights that it carries.</summary>
public sealed record AppointmentAnswer(
    Guid Id, int Version, Guid NodeId, string NodeName, [property: Description("职务的键，例如：department-head")] string Post, string PostTitle,
    DateOnly From, DateOnly? To, bool IsCurrent, [property: Description("这个任职带来的权限")] IReadOnlyList<string> Rights, IReadOnlyList<string> Acts)
{
    public static AppointmentAnswer Of(AppointmentRow row) =>
        new(row.Id, row.Version, row.NodeId, row.NodeName, row.Post, row.PostTitle, row.From, row.To, row.IsCurrent, row.Rights, row.Acts.Possible);
}

public sealed record PeopleListRequest(
    [property: Description("姓名、拼音、拼音首字母或工号")] string? Q, [property: Description("单位及其下级")] Guid? Unit,
    [property: Description("党组织及其下级")] Guid? Party, PoliticalStatus? Status, [property: Description("任职的键")] string? Post,
    [property: Description("只要已离开的人")] bool? Left, [property: Description("上一页答复里的 next")] string? After, [property: Description("每页条数，1—200")] int? Limit)
{
    public PeopleFilter ToFilter() => new()
    {
        Q = Q, Unit = Unit, Party = Party, Status = Status, Post = Post, Left = Left == true, After = After, Limit = Limit.AsLimit(),
    };
}

/// <summary>What the roster says of a person besides number and unit.</summary>
public sealed record PersonFactsRequest(
    string Name, string? Gender, DateOnly? BornOn, string? Ethnicity, [property: Description("岗位，例如：主值班员")] string? Position,
    [property: Description("职务，例如：班长")] string? JobTitle, string? EmploymentKind, DateOnly? WorkStartedOn, string? Education, string? Qualification,
    PoliticalStatus PoliticalStatus, string? Phone)
{
    public PersonFacts ToFacts(Guid unitId) => new(Name, unitId)
    {
        Gender = Gender ?? "", BornOn = BornOn, Ethnicity = Ethnicity ?? "", Position = Position ?? "", JobTitle = JobTitle ?? "",
        EmploymentKind = EmploymentKind ?? "", WorkStartedOn = WorkStartedOn, Education = Education ?? "", Qualification = Qualification ?? "",
        PoliticalStatus = PoliticalStatus, Phone = Phone ?? "",
    };
}

public sealed record NewPersonRequest([property: Description("由调用方生成的 UUIDv7，可不给")] Guid? Id, [property: Description("例如：000123")] string Number, Guid UnitId, PersonFactsRequest Facts);
public sealed record FactsRequest(int Version, PersonFactsRequest Facts);
public sealed record UnitRequest(int Version, [property: Description("调往单位")] Guid UnitId);
public sealed record DepartureRequest(int Version, [property: Description("最后一天，不晚于今天")] DateOnly On);
