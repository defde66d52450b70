using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;
using Microsoft.Net.Http.Headers;
using Ronghe.Platform.Replay;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web.Api;
using Ronghe.Platform.Web.Pages;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Platform.Web;

/// <summary>Pages, parts, assets and headers. Everything that knows no capability.</summary>
public static class WebSetup
{
    const long MostBytes = 4 << 20;

    public static WebApplicationBuilder AddRongheWeb(this WebApplicationBuilder builder)
    {
        // Words, never files: doors that take files say so themselves.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MostBytes);
        // Also outside Development: the product runs from its build output as well as from a published folder.
        builder.WebHost.UseStaticWebAssets();
        // A build output serves its assets as a published folder does: ready-compressed, kept for long, and without a door for any file name.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddRazorPages(o => o.RootDirectory = "/").AddMvcOptions(o =>
        {
            o.ModelBinderProviders.Insert(0, new PlantTimeBinderProvider());
            ChineseBindingMessages.Set(o.ModelBindingMessageProvider);
            o.Filters.Add<ReadableForms>();
            o.Filters.Add<FormAnswers>();
            o.Filters.Add<FormReplay>();
            o.Filters.Add<RefusedForms>();
            // What must be filled in is said by the entity, in its own words.
            o.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        }).AddCookieTempDataProvider(o => o.Cookie = Flash.Store());
        // Chinese stays readable in the page instead of becoming eight bytes of entity per character.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddSingleton(KitSamples.People);
        AddCompression(services);
        AddDoors(services);
        return builder;
    }

    /// <summary>Headers, compression, error pages, routing. Authentication and authorisation follow it.</summary>
    public static WebApplication UseRongheWeb(this WebApplication app)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        app.UseMiddleware<RequestNumber>();
        app.UseProxies();
        app.UseMiddleware<SecurityHeaders>();
        app.UseResponseCompression();
        app.UseMiddleware<HostCookies>();
        app.UseAnswers();
        app.Use(AskForErrorPage);
        app.Use(StorableText.RefuseInAddress);
        // Explicit, after the two above, so that an error page is routed anew.
        app.UseRouting();
        return app;
    }

    /// <summary>Maps assets, pages and pickers. Pickers need a signed-in person like any other door.</summary>
    public static WebApplication MapRongheWeb(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
        app.MapGet("/pickers/{kind}", FindAsync).Requires(PlatformPermissions.Use);
        Icon.Sprite = SpriteOf(app);
        return app;
    }

    /// <summary>After sign-in: refuses what is too large, forged or not allowed, and answers again what was asked before.</summary>
    public static WebApplication UseDoors(this WebApplication app)
    {
        app.Use(RefuseOversize);
        app.Use(ReplaySafety.Buffer);
        app.UseMiddleware<ApiForms>();
        app.UseMiddleware<DoorKeeper>();
        app.UseMiddleware<QueryWords>();
        app.UseMiddleware<ReplaySafety>();
        return app;
    }

    /// <summary>On the way to the error page it is that page that is asked for: what the request brought may be just what it was refused for.</summary>
    static Task AskForErrorPage(HttpContext context, RequestDelegate next)
    {
        var isAnswered = context.Features.Get<IExceptionHandlerFeature>() is not null || context.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        if (isAnswered && !HttpMethods.IsHead(context.Request.Method))
        {
            var request = context.Request;
            (request.Method, request.QueryString, request.ContentType, request.ContentLength, request.Body) = (HttpMethods.Get, default, null, null, Stream.Null);
            request.Headers.Remove(HeaderNames.TransferEncoding);
            context.Features.Set<IFormFeature>(null);
        }
        return next(context);
    }

    /// <summary>Before anything reads the body: a reader of forms would report it as some other fault.</summary>
    static Task RefuseOversize(HttpContext context, RequestDelegate next)
    {
        var most = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        if (context.Request.ContentLength > most) throw MeasuredBody.TooLarge();
        if (most is { } limit && context.Request.ContentLength is null && context.Request.Headers.TransferEncoding.Count > 0)
            context.Request.Body = new MeasuredBody(context.Request.Body, limit);
        return next(context);
    }

    static async Task<IResult> FindAsync(string kind, string? q, int? limit, HttpContext http, IEnumerable<PickerSource> sources)
    {
        var source = sources.FirstOrDefault(s => s.Kind == kind);
        if (source is null) return Results.NotFound();
        var picks = await source.Find(http, (q ?? "").Trim(), http.RequestAborted);
        return Results.Json(limit is > 0 ? picks.Take(limit.Value) : picks);
    }

    static string SpriteOf(WebApplication app)
    {
        var assets = ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).Select(e => e.Metadata.GetMetadata<StaticAssetDescriptor>());
        var sprite = assets.OfType<StaticAssetDescriptor>().FirstOrDefault(a =>
            a.Route != a.AssetPath && a.Properties.Any(p => p is { Name: "label", Value: "assets/icons.svg" }));
        return "/" + (sprite?.Route ?? "assets/icons.svg");
    }

    static void AddDoors(IServiceCollection services)
    {
        services.AddSessionCookie();
        services.AddScoped<ReplayedCalls>();
        services.AddAntiforgery(o =>
        {
            o.HeaderName = ApiForms.Header;
            o.Cookie = HostCookies.Shape("ronghe-form");
        });
        services.AddExceptionHandler<ApiAnswers>();
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
    }

    static void AddCompression(IServiceCollection services)
    {
        // Safe over TLS: the antiforgery token, the one secret in a page, is masked anew in every answer.
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "application/problem+json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
    }
}
