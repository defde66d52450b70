using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Ronghe.Platform.Web;

/// <summary>A match of a picker.</summary>
public sealed record Pick(Guid Id, string Text, string? Detail = null);

/// <summary>
/// Where a picker's matches come from, registered by the capability that owns them. It answers <c>GET /pickers/{kind}?q=</c> and finds
/// the id of words typed without JavaScript. It must return only what this person may see.
/// </summary>
public sealed record PickerSource(string Kind, string Word, Func<HttpContext, string, CancellationToken, Task<IReadOnlyList<Pick>>> Find);

/// <summary>
/// On a <c>Guid?</c> bound from a picker: <c>[Picked("people")] public Guid? RectifierId { get; set; }</c>. Accepts the id, or words that
/// match exactly one.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PickedAttribute(string kind) : ModelBinderAttribute(typeof(PickedBinder))
{
    public string Kind { get; } = kind;
}

sealed class PickedBinder(IEnumerable<PickerSource> sources) : IModelBinder
{
    /// <summary>No name that one could pick is longer.</summary>
    const int Longest = 300;

    public async Task BindModelAsync(ModelBindingContext context)
    {
        var value = context.ValueProvider.GetValue(context.ModelName);
        if (value == ValueProviderResult.None) return;
        context.ModelState.SetModelValue(context.ModelName, value);
        var typed = (value.FirstValue ?? "").Trim();
        if (typed is "") context.Result = ModelBindingResult.Success(null);
        else if (Guid.TryParse(typed, out var id)) context.Result = ModelBindingResult.Success(id);
        else if (typed.Length > Longest) context.ModelState.TryAddModelError(context.ModelName, $"“{typed.Short()}”太长，没有查找。已填的内容都在，请写得简短些。");
        else await FindAsync(context, typed);
    }

    async Task FindAsync(ModelBindingContext context, string typed)
    {
        var kind = KindOf(context.ModelMetadata);
        var source = sources.FirstOrDefault(s => s.Kind == kind)
            ?? throw new InvalidOperationException($"No PickerSource of kind '{kind}' for {context.ModelName}.");
        var matches = await source.Find(context.HttpContext, typed, context.HttpContext.RequestAborted);
        if (matches.Where(m => m.Text == typed).Take(2).ToList() is [var exact]) matches = [exact];
        if (matches is [var only])
        {
            context.Result = ModelBindingResult.Success(only.Id);
            return;
        }
        context.ModelState.TryAddModelError(context.ModelName, matches.Count == 0
            ? $"没有找到{source.Word}“{typed}”。已填的内容都在，请核对后重填。"
            : $"“{typed}”对应多个{source.Word}：{string.Join('、', matches.Take(5).Select(m => m.Detail is null ? m.Text : $"{m.Text}（{m.Detail}）"))}。请写得更具体，例如工号。");
        context.Result = ModelBindingResult.Failed();
    }

    static string? KindOf(ModelMetadata metadata) =>
        metadata is Microsoft.AspNetCore.Mvc.ModelBinding.Metadata.DefaultModelMetadata { Attributes: var attributes }
            ? attributes.Attributes.OfType<PickedAttribute>().FirstOrDefault()?.Kind
            : null;
}
