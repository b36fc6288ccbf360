using Cascade.Agent.Serving;

namespace CinderProxy.Tests.Support;

/// <summary>A broker where messages wait, or none do.</summary>
sealed class FakeBacklog : IBacklog
{
    public bool IsLeft { get; set; }

    public Task<bool> AnyAsync(CancellationToken cancelled) => Task.FromResult(IsLeft);
}
