using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Ronghe.Platform.Calendar;

namespace Ronghe.Platform.Web;

/// <summary>A typed date and time carries no offset; it means the plant's zone, not the server's.</summary>
sealed class PlantTimeBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext context)
    {
        var value = context.ValueProvider.GetValue(context.ModelName);
        if (value == ValueProviderResult.None) return Task.CompletedTask;
        context.ModelState.SetModelValue(context.ModelName, value);
        var typed = value.FirstValue;
        if (string.IsNullOrWhiteSpace(typed))
        {
            if (context.ModelMetadata.IsReferenceOrNullableType) context.Result = ModelBindingResult.Success(null);
        }
        else if (Read(typed) is { } at) context.Result = ModelBindingResult.Success(at);
        else context.ModelState.TryAddModelError(context.ModelName, $"“{typed.Short()}”不是有效的日期和时间，请按 2026-11-20 09:30 填写。");
        return Task.CompletedTask;
    }

    static DateTimeOffset? Read(string typed)
    {
        if (!DateTime.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)) return null;
        if (time.Kind is not DateTimeKind.Unspecified) return new DateTimeOffset(time).ToUniversalTime();
        // The first hours of all time are none in UTC.
        if (time.Ticks < PlantTime.Zone.BaseUtcOffset.Ticks) return null;
        return new DateTimeOffset(time, PlantTime.Zone.BaseUtcOffset).ToUniversalTime();
    }
}

sealed class PlantTimeBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.UnderlyingOrModelType == typeof(DateTimeOffset) ? new PlantTimeBinder() : null;
}

static class TypedWords
{
    const int Longest = 60;

    /// <summary>What somebody typed, for repeating it in a message.</summary>
    public static string Short(this string typed) => typed.Length <= Longest ? typed : typed[..Longest] + "…";
}

/// <summary>What the framework says about input it cannot read, in Chinese.</summary>
static class ChineseBindingMessages
{
    public static void Set(DefaultModelBindingMessageProvider messages)
    {
        messages.SetValueMustNotBeNullAccessor(_ => "这一项必填。");
        messages.SetMissingBindRequiredValueAccessor(_ => "这一项必填。");
        messages.SetMissingKeyOrValueAccessor(() => "这一项必填。");
        messages.SetMissingRequestBodyRequiredValueAccessor(() => "没有收到提交的内容，请重新提交。");
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => $"“{value.Short()}”无法识别，请改正后再提交。");
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"“{value.Short()}”无法识别，请改正后再提交。");
        messages.SetValueIsInvalidAccessor(value => $"“{value.Short()}”无法识别，请改正后再提交。");
        messages.SetUnknownValueIsInvalidAccessor(_ => "填写的内容无法识别，请改正后再提交。");
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => "填写的内容无法识别，请改正后再提交。");
        messages.SetValueMustBeANumberAccessor(_ => "这里要填数字。");
        messages.SetNonPropertyValueMustBeANumberAccessor(() => "这里要填数字。");
    }
}
