using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Ronghe.Platform.Calendar;

namespace Ronghe.Platform.Web.Parts;

/// <summary>Name, value and error of a form field: what the person typed wins over the model, so a refused form keeps its input.</summary>
public sealed record FieldValue(string Name, string Id, string? Text, IReadOnlyList<string> Errors, bool Required)
{
    public static FieldValue Of(ViewContext view, ModelExpression? model, string? name, object? value)
    {
        var full = view.ViewData.TemplateInfo.GetFullHtmlFieldName(name ?? model?.Name ?? "");
        var entry = view.ViewData.ModelState[full];
        var typed = entry is { AttemptedValue: { } attempted } ? attempted : Format(value ?? model?.Model);
        return new(full, IdOf(full), typed, ErrorsOf(entry), model is not null && IsRequired(model.Metadata));
    }

    public static string IdOf(string name) => name.Replace('.', '_').Replace('[', '_').Replace(']', '_');

    public static string? Format(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToPlant().ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        Enum constant => constant.ToString(),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    static bool IsRequired(ModelMetadata metadata) => metadata.IsRequired && metadata.ModelType != typeof(bool);

    static IReadOnlyList<string> ErrorsOf(ModelStateEntry? entry) =>
        entry is { Errors.Count: > 0 }
            ? [.. entry.Errors.Select(e => e.ErrorMessage is "" ? "填写的内容无法识别，请改正后再提交。" : e.ErrorMessage)]
            : [];
}
