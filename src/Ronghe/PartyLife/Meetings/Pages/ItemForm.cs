using Ronghe.Platform.Web;

namespace Ronghe.PartyLife.Meetings.Pages;

/// <summary>An item as it is put on the agenda or altered.</summary>
public sealed class ItemForm
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public string? Title { get; set; }
    public string? Kind { get; set; }
    public string? Tag { get; set; }
    [Picked("agenda-subjects")] public Guid? About { get; set; }
    public string? AboutText { get; set; }
    public bool IsSpecial { get; set; }

    public NewItem ToItem() => new(Title ?? "", Kind ?? "") { Tags = string.IsNullOrEmpty(Tag) ? [] : [Tag], IsSpecial = IsSpecial };
}
