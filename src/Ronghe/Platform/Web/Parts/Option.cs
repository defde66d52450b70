namespace Ronghe.Platform.Web.Parts;

/// <summary>One choice of a select, of radio cards or of a filter.</summary>
public sealed record Option(string Value, string Text, string? Detail = null, string? Icon = null, bool Disabled = false);
