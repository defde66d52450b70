using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.PartyLife.Meetings.Pages;

/// <summary>One item: what was said, voted and resolved, and the forms to write it down.</summary>
[Requires(MeetingPermissions.Use)]
public sealed class ItemModel(MeetingDetails details, MeetingActions actions, MeetingRecording recording, MeetingRulebook rulebook, MeetingChoices choices, TimeProvider clock) : ActPage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [FromRoute(Name = "item")] public Guid ItemId { get; set; }

    public MeetingDetail Meeting { get; private set; } = null!;
    public ItemLine Item { get; private set; } = null!;
    public ItemLine? Next => Meeting.Items.FirstOrDefault(other => other.No > Item.No);
    public VoteForm Vote { get; private set; } = new();
    public ResolveForm Resolve { get; private set; } = new();
    public ItemForm Change { get; private set; } = new();
    public string? OwnerName { get; private set; }
    public IReadOnlyList<Option> Formulas { get; private set; } = [];
    public IReadOnlyList<Option> Kinds { get; private set; } = [];
    public DateOnly Today { get; } = clock.Today();

    CancellationToken Cancel => HttpContext.RequestAborted;

    public bool Can(MeetingVerb verb) => Meeting.Acts.Possible.Contains(verb.ToString().ToLowerInvariant());
    public bool HasAct => Offered.Any();

    protected override IEnumerable<string> Offered =>
        [.. Can(MeetingVerb.Record) ? ["Record"] : (string[])[], .. Can(MeetingVerb.Vote) ? ["Vote", "RemoveVote"] : (string[])[], .. Can(MeetingVerb.Resolve) ? ["Resolve", "RemoveResolution"] : (string[])[], .. Can(MeetingVerb.Agenda) ? ["Change", "Remove"] : (string[])[]];

    public override async Task<IActionResult> ShowAsync()
    {
        Meeting = await details.FindAsync(Id, Cancel);
        Item = Meeting.Items.FirstOrDefault(item => item.Id == ItemId) ?? throw new NotFound("这个议题");
        var rules = await rulebook.OfAsync(Meeting.RulesNumber, Cancel);
        Formulas = [.. rules.Of(Meeting.Type).Formulas.Select(rules.Formula).Where(formula => formula.Pass is not null)
            .Select(formula => new Option(formula.Id, formula.Name, $"到会{formula.Quorum.Say()}，赞成{formula.Pass!.Say()}。{rulebook.CitationsOf(formula.Source)}"))];
        Kinds = [.. (await rulebook.CurrentAsync(Cancel)).Rules.Kinds.Where(kind => kind.IsOn).Select(kind => new Option(kind.Id, kind.Name))];
        if (!IsSent("Change")) Change = new() { Title = Item.Title, Kind = Item.Kind, Tag = Kinds.FirstOrDefault(kind => kind.Text == Item.Tags.FirstOrDefault())?.Value, IsSpecial = Item.IsSpecial };
        Vote.Formula ??= Formulas.Count > 0 ? Formulas[0].Value : null;
        if (Resolve.OwnerId is { } owner) OwnerName = (await choices.NamesAsync([owner], Cancel)).GetValueOrDefault(owner);
        return Page();
    }

    public async Task<IActionResult> OnPostRecordAsync(int version, RecordForm record)
    {
        await recording.RecordItemAsync(Id, version, ItemId, new(!record.Dropped, record.Discussion ?? "", record.Outcome ?? ""), Cancel);
        return RedirectWithMessage("已记下。");
    }

    public async Task<IActionResult> OnPostVoteAsync(int version, VoteForm vote)
    {
        Vote = vote;
        await recording.VoteAsync(Id, version, vote.Id, new(ItemId, vote.Formula ?? "", vote.Matter ?? "", vote.Yes, vote.No, vote.Abstain), Cancel);
        return RedirectWithMessage("表决已记下，是否通过已按规则算好。");
    }

    public async Task<IActionResult> OnPostRemoveVoteAsync(int version, Guid vote)
    {
        await recording.RemoveVoteAsync(Id, version, vote, Cancel);
        return RedirectWithMessage("已撤下这次表决。");
    }

    public async Task<IActionResult> OnPostResolveAsync(int version, ResolveForm resolve)
    {
        Resolve = resolve;
        if (resolve.OwnerId is null && resolve.DueOn is not null) throw new Refusal("选了期限，还要选谁办。不用专人办的，请清空期限。", nameof(resolve.OwnerId));
        var task = resolve.OwnerId is not { } owner ? null
            : new ResolutionTask(resolve.TaskId, owner, resolve.DueOn ?? throw new Refusal("请选期限。", nameof(resolve.DueOn)), resolve.Requirement ?? "");
        await recording.ResolveAsync(Id, version, resolve.Id, ItemId, resolve.Text ?? "", task, Cancel);
        return RedirectWithMessage(task is null ? "决议已记下。" : "决议已记下，并已交办。");
    }

    public async Task<IActionResult> OnPostRemoveResolutionAsync(int version, Guid resolution)
    {
        await recording.RemoveResolutionAsync(Id, version, resolution, Cancel);
        return RedirectWithMessage("已撤下这条决议，它的待办一并撤销。");
    }

    public async Task<IActionResult> OnPostChangeAsync(int version, [Bind(Prefix = "Item")] ItemForm change)
    {
        Change = change;
        await actions.ChangeItemAsync(Id, version, ItemId, change.ToItem(), change.About, Cancel);
        return RedirectWithMessage("议题已修改。");
    }

    public async Task<IActionResult> OnPostRemoveAsync(int version)
    {
        await actions.RemoveItemAsync(Id, version, ItemId, Cancel);
        return RedirectWithMessage("议题已撤下。", $"/meetings/{Id}");
    }

    public sealed class RecordForm
    {
        public string? Discussion { get; set; }
        public string? Outcome { get; set; }
        public bool Dropped { get; set; }
    }

    public sealed class VoteForm
    {
        public Guid Id { get; set; } = Guid.CreateVersion7();
        public string? Formula { get; set; }
        public string? Matter { get; set; }
        public int Yes { get; set; }
        public int No { get; set; }
        public int Abstain { get; set; }
    }

    public sealed class ResolveForm
    {
        public Guid Id { get; set; } = Guid.CreateVersion7();
        public Guid TaskId { get; set; } = Guid.CreateVersion7();
        public string? Text { get; set; }
        [Picked("people")] public Guid? OwnerId { get; set; }
        public DateOnly? DueOn { get; set; }
        public string? Requirement { get; set; }
    }
}
