using System.Diagnostics.Metrics;

namespace Ronghe.Organisation.Accounts;

/// <summary>How often sign-in fails; who and from where stays out of it.</summary>
public sealed class SignInMeasures(IMeterFactory meters)
{
    readonly Counter<long> failures = meters.Create("Ronghe.SignIn").CreateCounter<long>("ronghe.sign_in.failures", description: "Wrong passwords and codes; slowed ones have to wait from now on.");

    public void Failed(bool isSlowed) => failures.Add(1, new KeyValuePair<string, object?>("slowed", isSlowed ? "yes" : "no"));
}
