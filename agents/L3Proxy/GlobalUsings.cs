global using Cascade.Agent.Child;
global using Cascade.Agent.Serving;
