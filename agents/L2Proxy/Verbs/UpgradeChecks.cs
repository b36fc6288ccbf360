using Cascade.Agent;

namespace Cascade.L2Proxy.Verbs;

/// <summary>Questions of <c>upgrade check</c>: can this build work with that parent and that child?</summary>
internal static class UpgradeChecks
{
    public static AgentBuilder AddUpgradeChecks(this AgentBuilder agent) => agent;
}
