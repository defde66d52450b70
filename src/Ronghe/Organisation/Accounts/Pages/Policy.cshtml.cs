using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Rules;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[Requires(AccountPermissions.ViewPolicy)]
public sealed class PolicyModel(SignInPolicy policy, RuleBook rules) : RonghePage
{
    public SignInPolicy InForce => policy;
    public bool IsAsvs => policy.Key == SignInPolicy.Asvs.Key;
    public IReadOnlyList<PolicyLine> Lines { get; } = PolicyLines.Of(rules);

    public override Task<IActionResult> ShowAsync() => Task.FromResult<IActionResult>(Page());
}
