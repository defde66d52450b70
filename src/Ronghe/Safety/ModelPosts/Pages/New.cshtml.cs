using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;
using Ronghe.Safety.Zones;

namespace Ronghe.Safety.ModelPosts.Pages;

/// <summary>Puts oneself or a colleague forward.</summary>
[Requires(ModelPostPermissions.View)]
public sealed class NewModel(ModelPostActions actions, ModelPostQueries queries, ZoneQueries zones, Me me) : RonghePage
{
    [BindProperty]
    public NominationForm Form { get; set; } = new();

    public IReadOnlyList<Option> Zones { get; private set; } = [];
    public IReadOnlyList<TreeLine> Places { get; private set; } = [];
    public string? PersonName { get; private set; }

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (HttpMethods.IsGet(Request.Method)) Form = new() { Id = Guid.CreateVersion7() };
        Zones = [.. (await queries.ZonesAsync(cancel)).Select(zone => new Option(zone.Id.ToString(), zone.Name))];
        Places = [.. (await zones.PlacesAsync(cancel)).Select(place => new TreeLine(place.Id, place.ParentId, place.Name) { Kind = place.Code, Detail = place.ZoneName })];
        if (Form.PersonId is { } person) PersonName = await queries.PersonNameAsync(person, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await actions.NominateAsync(Form.Id, new(Form.Kind, Form.PersonId ?? me.Id, Form.Position ?? "", Form.ZoneId, Form.PlaceIds, Form.Statement ?? ""), HttpContext.RequestAborted);
        return RedirectWithMessage(Form.PersonId is null || Form.PersonId == me.PersonId ? "已申报，等支部推荐。" : "已申报，先等本人同意参评。", $"/model-posts/{Form.Id}");
    }

    public sealed class NominationForm
    {
        public Guid Id { get; set; }
        public ModelPostKind Kind { get; set; }
        [Picked("people")] public Guid? PersonId { get; set; }
        public string? Position { get; set; }
        public Guid? ZoneId { get; set; }
        public List<Guid> PlaceIds { get; set; } = [];
        public string? Statement { get; set; }
    }
}
