DROP TABLE campaign_exceptions;
