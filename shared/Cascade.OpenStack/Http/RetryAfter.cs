namespace Cascade.OpenStack.Http;

internal static class RetryAfter
{
    /// <summary>Seconds, or a date; a date is measured on the clock of the one who said it.</summary>
    public static TimeSpan? Of(HttpResponseMessage answer, TimeProvider time)
    {
        var said = answer.Headers.RetryAfter;
        var wait = said?.Delta ?? (said?.Date is { } date ? date - (answer.Headers.Date ?? time.GetUtcNow()) : null);
        return wait is { } span && span < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
