using Microsoft.AspNetCore.Identity;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Lists;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts;

public static class AccountSetup
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration settings)
    {
        services.AddIdentityCore<Account>().AddEntityFrameworkStores<AppDb>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = Passwords.Iterations);
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // Finger, face or PIN: what makes a passkey two factors in one.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "preferred";
            options.ServerDomain = settings["Ronghe:PasskeyDomain"];
        });
        services.AddSingleton<KnownDevices>().AddSingleton<SignInMeasures>().AddSingleton<StepCookie>();
        services.AddScoped<Passwords>().AddScoped<SignInDelays>().AddScoped<SecondFactors>().AddScoped<Passkeys>().AddScoped<PasskeyActions>().AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>().AddScoped<Admission>().AddScoped<SignInActions>().AddScoped<FirstSignIn>().AddScoped<FirstCodeActions>();
        services.AddScoped<MyAccountActions>().AddScoped<MyAccountQueries>().AddScoped<TwoStepActions>().AddScoped<ConfirmActions>().AddScoped<KeptForms>();
        services.AddSingleton(SignInPolicy.Of(settings)).AddScoped<PasswordChoice>();
        services.AddSingleton(RetentionDays.Of(settings)).AddScoped<AccountRetention>();
        services.AddScoped<AccountActions>().AddScoped<AccountQueries>();
        services.AddRights(rights => rights.Define(AccountPermissions.All)
            .Grant(Posts.SecurityAdministrator, AccountPermissions.Manage, AccountPermissions.ViewPolicy)
            .Grant(Posts.SystemAdministrator, AccountPermissions.ViewPolicy).Grant(Posts.AuditAdministrator, AccountPermissions.ViewPolicy));
        services.AddJournalSubjects([AccountJournal.Subject]);
        services.AddSingleton(new ListDescription("accounts", "账号", "/admin/accounts", AccountPermissions.Manage, ["工号", "账号", "最近登录"]));
        services.AddSingleton(new MenuEntry("系统", "账号", "key", "/admin/accounts", AccountPermissions.Manage));
        services.AddSingleton(new MenuEntry("系统", "登录策略", "shield-lock", "/admin/sign-in-policy", AccountPermissions.ViewPolicy));
        return services;
    }

    /// <summary>Behind the doors' rights: nobody is asked for a password who may not go on anyway.</summary>
    public static void UseStepUp(this IApplicationBuilder app) => app.UseMiddleware<ConfirmFirst>();
}
