using Cascade.OpenStack;

namespace Cascade.Agent.Child;

/// <summary>One light question to the service of the child that an agent needs: cheap there, and true about API, database and token.</summary>
public interface IChildProbe
{
    /// <exception cref="CloudFault">The service does not answer us, and why.</exception>
    Task LookAsync(CancellationToken cancelled);
}
