namespace Ronghe.Platform.Web;

/// <summary>
/// A page with a form for each act on its record. After a refusal the form that was sent is open again with its message; where its
/// act has become impossible in the meantime, what was written is shown to be copied.
/// </summary>
public abstract class ActPage : RonghePage
{
    /// <summary>Handlers of the acts that are possible now.</summary>
    protected abstract IEnumerable<string> Offered { get; }

    string? Sent => HttpMethods.IsPost(Request.Method) ? Request.Query["handler"].ToString() : null;

    public bool IsSent(params ReadOnlySpan<string> handlers) => Sent is { } sent && handlers.Contains(sent);

    /// <summary>Whether the form of these handlers stands open: it was sent, or nothing was and it is the natural next step or asked for by <c>?act=</c>.</summary>
    public bool IsOpen(bool isNext, params ReadOnlySpan<string> handlers) =>
        IsSent(handlers) || ((Sent is null || IsOrphan) && (isNext || handlers.Contains(Request.Query["act"].ToString())));

    /// <summary>An act was sent whose form is no longer on the page.</summary>
    public bool IsOrphan => Sent is { } sent && !Offered.Contains(sent);

    /// <summary>What was written for it.</summary>
    public IReadOnlyList<string> Typed => !HttpMethods.IsPost(Request.Method) || !Request.HasFormContentType ? [] :
        [.. from entry in Request.Form
            let text = entry.Value.ToString()
            where entry.Key.Contains('.') && text.Trim() != "" && !Guid.TryParse(text, out _)
            select text];
}
