using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation.Places.Pages;

[Requires(OrganisationPermissions.ManagePlaces)]
public sealed class EditModel(PlaceQueries queries, PlaceActions places, PlaceWords words, TreeQueries trees) : RonghePage
{
    public static readonly IReadOnlyList<Option> Columns = [new(nameof(PlaceWordKind.Location), "隐患地点"), new(nameof(PlaceWordKind.Equipment), "设备")];

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public int Version { get; set; }
    [BindProperty, Picked("units")] public Guid? UnitId { get; set; }

    public PlaceDetail Place { get; private set; } = null!;
    public string? UnitName { get; private set; }

    public override async Task<IActionResult> ShowAsync()
    {
        Place = await queries.DetailAsync(Id, HttpContext.RequestAborted);
        if (!Place.Acts.Has("describe") || !Place.IsActive) throw new Forbidden(Place.Acts.WhyNot("describe") ?? OrganisationAccess.NoRight);
        if (HttpMethods.IsGet(Request.Method)) UnitId = Place.Unit?.Id;
        if (UnitId is { } unit) UnitName = unit == Place.Unit?.Id ? Place.Unit.Name : await trees.NameAsync(unit, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostRenameAsync(string? name, CancellationToken cancel)
    {
        await places.RenameAsync(Id, name ?? "", Version, cancel);
        return Done($"已改名为“{name?.Trim()}”。");
    }

    public async Task<IActionResult> OnPostDescribeAsync(string? kks, string? aliases, CancellationToken cancel)
    {
        await places.DescribeAsync(Id, kks ?? "", UnitId, NewModel.Split(aliases), Version, cancel);
        return Done("资料已保存。");
    }

    public async Task<IActionResult> OnPostAddWordAsync(string? word, PlaceWordKind kind, CancellationToken cancel)
    {
        await words.SetAsync(kind, word ?? "", Id, cancel);
        return RedirectWithMessage($"导入时，“{word?.Trim()}”从现在起指这里。");
    }

    public async Task<IActionResult> OnPostRemoveWordAsync(Guid wordId, int wordVersion, CancellationToken cancel)
    {
        await words.RemoveAsync(wordId, wordVersion, cancel);
        return RedirectWithMessage("已去掉这个用词。");
    }

    public async Task<IActionResult> OnPostRetireAsync(CancellationToken cancel)
    {
        await places.RetireAsync(Id, Version, cancel);
        return Done("已停用，过去的记录仍然保留它。");
    }

    IActionResult Done(string message) => RedirectWithMessage(message, $"/places/{Id}");
}
