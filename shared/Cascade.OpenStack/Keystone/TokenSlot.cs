namespace Cascade.OpenStack.Keystone;

/// <summary>The token of one scope: whoever needs a new one while it is being fetched waits for the same fetch.</summary>
/// <param name="fetch">Asks Keystone.</param>
/// <param name="cloud">For the counters.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenSlot(Func<CancellationToken, Task<Token>> fetch, string cloud, TimeProvider time)
{
    /// <summary>After Keystone has given none, a token that is good for a while yet serves so long before it is asked again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private Token? held;
    private long? failedAt;
    private Task<Token>? flight;
    private bool everHeld;

    /// <summary>A token with at least a tenth of its life left; while Keystone gives none, one that is still good.</summary>
    public Task<Token> GetAsync(CancellationToken cancelled)
    {
        Task<Token> mine;
        lock (gate)
        {
            if (held is { } good && (IsFresh(good) || (IsGood(good) && failedAt is { } at && time.GetElapsedTime(at) < Again)))
            {
                return Task.FromResult(good);
            }

            // The fetch belongs to all who wait for it, so no single one can cancel it; it ends by its own time-out.
            mine = flight ??= FlyAsync();
        }

        return mine.WaitAsync(cancelled);
    }

    /// <summary>Drops the token if it is still the one held: of many that were refused with it, one renews it.</summary>
    public void Refuse(Token refused)
    {
        lock (gate)
        {
            if (ReferenceEquals(held, refused))
            {
                held = null;
                Telemetry.TokenRefused(cloud);
            }
        }
    }

    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return flight is null && (held is null || !IsFresh(held));
            }
        }
    }

    private bool IsFresh(Token token) => time.GetElapsedTime(token.GotAt) < token.GoodFor * 0.9;

    // Not to its last second: the request that carries it takes its time.
    private bool IsGood(Token token) => time.GetElapsedTime(token.GotAt) < token.GoodFor - Again;

    private async Task<Token> FlyAsync()
    {
        // Yield first: the lock of the caller must not be held while the request is built, and flight must be set before it ends.
        await Task.Yield();
        try
        {
            var got = await FetchAsync();
            lock (gate)
            {
                held = got;
                everHeld = true;
                failedAt = null;
            }

            return got;
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Unavailable)
        {
            lock (gate)
            {
                if (held is { } good && IsGood(good))
                {
                    failedAt = time.GetTimestamp();
                    return good;
                }
            }

            throw;
        }
        finally
        {
            lock (gate)
            {
                flight = null;
            }
        }
    }

    private async Task<Token> FetchAsync()
    {
        var outcome = "failed";
        try
        {
            var got = await fetch(CancellationToken.None);
            outcome = everHeld ? "renewed" : "issued";
            return got;
        }
        finally
        {
            Telemetry.TokenAsked(cloud, outcome);
        }
    }
}
