using Microsoft.AspNetCore.Mvc.RazorPages;
using Ronghe.Platform.Security;

namespace Ronghe.Platform.Web.Pages;

/// <summary>The keys, for those who want to read of them in peace or have no script.</summary>
[Requires(PlatformPermissions.Use)]
public sealed class KeysModel : PageModel;
