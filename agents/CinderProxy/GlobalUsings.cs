global using Cascade.Agent.Child;
global using Cascade.Agent.Serving;
global using Cascade.Mirror.Watching;
