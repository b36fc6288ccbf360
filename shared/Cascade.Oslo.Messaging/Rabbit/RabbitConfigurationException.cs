namespace Cascade.Oslo.Messaging.Rabbit;

/// <summary>The broker, or the options themselves, refuse what is configured: trying again does not help, an operator does.</summary>
public sealed class RabbitConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
