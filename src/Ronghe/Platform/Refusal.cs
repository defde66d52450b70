namespace Ronghe.Platform;

/// <summary>
/// Something the product will not do, in words fit to show: what happened, whether the input is kept, what to do.
/// Pages show it beside the form with the input kept; the API answers RFC 9457 problem details (422).
/// </summary>
public class Refusal(string message, string? field = null) : Exception(message)
{
    /// <summary>Name of the form field or JSON property at fault, when there is one.</summary>
    public string? Field { get; } = field;
}

/// <summary>The person may see the record but may not do this (403).</summary>
public sealed class Forbidden(string message) : Refusal(message);

/// <summary>The record does not exist or is invisible to this person: both look the same from outside (404).</summary>
public sealed class NotFound(string what) : Refusal($"没有找到{what}，可能已被移走，或者您无权查看。请返回列表重新查找。");

/// <summary>Somebody changed the record in between (409).</summary>
public sealed class StaleWrite(string message) : Refusal(message);
