namespace Cascade.OpenStack.Network;

internal sealed record RuleTypeName(string Type);
