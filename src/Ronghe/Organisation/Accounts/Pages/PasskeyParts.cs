using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ronghe.Organisation.Accounts.Pages;

/// <summary>A button that asks the browser for a passkey before its form is sent.</summary>
/// <param name="Kind">create or get.</param>
/// <param name="Handler">Where the form goes; what is asked comes from the handler of the same name with Ask behind it.</param>
/// <param name="Text">On the button.</param>
public sealed record PasskeyButton(string Kind, string Handler, string Text);

/// <summary>Codes to be put away, for the paper too.</summary>
public sealed record RecoverySheet(IReadOnlyList<string> Codes, string Name, string Number, string Next);

static class PasskeyAnswers
{
    public static IActionResult Ask(this PageModel page, PasskeyAsk ask) => page.Content(ask.ToJson(), "application/json");
}
